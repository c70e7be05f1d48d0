import os

MISSING = object()


def require(name):
    return os.environ[name]


def optional(name, default=None):
    return os.environ.get(name, default)


def flag(name, default=False):
    value = os.environ.get(name)
    if value is None:
        return default
    return value == "1"


def checked(name, kind=str):
    value = os.environ.get(name)
    if not value:
        raise RuntimeError(f"{name} is not set")
    return kind(value)


def marked(name, default=MISSING):
    value = os.environ.get(name, default)
    if value is MISSING:
        raise RuntimeError
    return value


def falls_through(name, default=None):
    if name in os.environ:
        return os.environ[name]
    if default is not None:
        return default
    raise KeyError(name)


def prefixed(suffix):
    return os.environ[f"SHOP_{suffix.upper()}_URL"]


def integer(name):
    return int(require(name))


shout = lambda name: os.environ[name]


class Config:
    region = os.environ.get("REGION")  #= none REGION

    def __init__(self, prefix):
        self.environ = os.environ
        self.token = self.need("TOKEN")  #= required TOKEN

    def need(self, key):
        return self.environ[key]

    @staticmethod
    def ask(key):
        return os.environ.get(key)

    @property
    def zone(self):
        return self.environ["ZONE"]  #= required ZONE


require("A")  #= required A
require(name="B")  #= required B
optional("C")  #= none C
optional("D", "x")  #= default D
optional("E", default=None)  #= none E
flag("F")  #= default F
checked("G", int)  #= required G
marked("H")  #= required H
marked("I", "x")  #= default I
falls_through("J")  #= required J
falls_through("K", "x")  #= default K
prefixed("db")  #= required SHOP_DB_URL
integer("L")  #= required L
shout("M")  #= required M
Config.ask("N")  #= none N
config = Config("x")
config.need("O")  #= required O
Config("x").need("P")  #= required P
require("lower_case")  #= required lower_case
require("Q") or "x"  #= required Q
optional("R") or "x"  #= default R
for each in ("S", "T"):
    require(each)  #= required S, required T
print("NOT_A_NAME")
