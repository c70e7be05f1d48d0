STEPS = {"reserve", "charge", "ship"}

order = {"items": 2}


def reserve():
    order["reservation"] = "r-17"


def charge():
    order["payment"] = f"for {order['reservation']}"


def ship():
    order["parcel"] = order["reservation"] + "/1"


for step in STEPS:
    globals()[step]()
print(sorted(order))
