def key(path="/etc/ssl/private/shop.key"):
    with open(path, "rb") as stream:
        return stream.read()


print("a key of", len(key()), "bytes")
