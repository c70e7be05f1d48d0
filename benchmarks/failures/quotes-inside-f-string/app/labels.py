def label(address):
    return f"{address["name"]}, {address["city"]}"
