def total(lines):
    amount = sum(price * count for price, count in lines)
    if amount > 100:
        breakpoint()
    return amount


print(total([(12.5, 2), (99.0, 1)]))
