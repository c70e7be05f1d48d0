import os


class Missing(Exception):
    pass


def require(name):
    try:
        return os.environ[name]
    except KeyError:
        raise Missing(name) from None


def number(suffix, default=None):
    value = os.environ.get(f"SHOP_{suffix}")
    if value is None:
        if default is None:
            raise Missing(suffix)
        return default
    return int(value)
