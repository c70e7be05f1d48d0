def price(weight, express=False):
    return 3.9 + weight + (6 if express else 0)
