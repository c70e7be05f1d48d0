import os


class _Fields(type):
    def __new__(cls, name, bases, namespace):
        made = super().__new__(cls, name, bases, namespace)
        made.fields = dict(namespace.get("__annotations__", {}))
        return made


class Settings(metaclass=_Fields):
    host: str = "0.0.0.0"
    port: int

    def __init__(self):
        for name, kind in self.fields.items():
            given = os.environ.get(f"SHOP_{name.upper()}")
            if given is not None:
                setattr(self, name, kind(given))
