import csv

with open("/tmp/orders.csv", "w", newline="") as out:
    rows = csv.writer(out)
    for number in range(60000):
        rows.writerow([number, f"customer{number}@example.com", number * 7 % 1000])
print("written")
