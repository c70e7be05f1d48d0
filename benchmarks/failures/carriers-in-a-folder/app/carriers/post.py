def rate(weight):
    return 3.9 + weight
