import sys

from stock import STOCK

for line in sys.stdin:
    cells = [cell.strip() for cell in line.split("\u2502")][1:-1]
    if len(cells) == 3:
        title, _ = STOCK[cells[0]]
        print("pick", title, "from", cells[2])
