import tomllib


def load(path):
    with open(path, "rb") as stream:
        return tomllib.load(stream)
