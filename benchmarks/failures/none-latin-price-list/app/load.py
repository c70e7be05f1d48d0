import csv
import sys

with open(f"suppliers/{sys.argv[1]}.csv", newline="", encoding="utf-8") as stream:
    for row in csv.DictReader(stream):
        print(row["name"], row["price"])
