import csv
import sys

with open(sys.argv[1], encoding="utf-8", newline="") as stream:
    for row in csv.DictReader(stream, delimiter=";"):
        print(row["item"], float(row["price"]))
