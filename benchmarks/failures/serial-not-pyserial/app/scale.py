import os
import pty

import serial

ours, theirs = pty.openpty()
os.write(ours, b"001.250 kg\r\n")
port = serial.Serial(os.ttyname(theirs), 9600, timeout=1)
print("weight", port.readline().decode().strip())
