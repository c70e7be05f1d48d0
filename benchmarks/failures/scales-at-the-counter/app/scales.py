import usb.core

found = list(usb.core.find(find_all=True, idVendor=0x0922))
print(len(found), "scales")
