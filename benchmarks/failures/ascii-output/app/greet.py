CUSTOMERS = ["Ada", "Zoë", "Søren"]

for name in CUSTOMERS:
    print("Dear", name)
