def rate(weight):
    return 2 * weight
