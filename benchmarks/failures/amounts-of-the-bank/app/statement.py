import locale

locale.setlocale(locale.LC_ALL, "")
STATEMENT = {"total": "1,299.00", "cents": [99900, 30000]}

total = locale.atof(STATEMENT["total"])
if round(total * 100) != sum(STATEMENT["cents"]):
    raise ValueError(f"total {total} is not the sum of its items")
print("booked", total)
