def url(base, name):
    return f"{base.rstrip('/')}/images/{name}"
