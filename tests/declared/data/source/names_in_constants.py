import os

NAME = "CONSTANT"
BYTES = b"OF_BYTES"
PREFIX = "APP_"
REQUIRED = ["FIRST", "SECOND"]
TYPES = {"THIRD": int, "FOURTH": str}
PAIRS = (("FIFTH", 1), ("SIXTH", 2))
ATTRIBUTES = {"host": "SEVENTH", "port": "EIGHTH"}


class Keys:
    TOKEN = "TOKEN_KEY"


os.environ[NAME]  #= required CONSTANT
os.environb[BYTES]  #= required OF_BYTES
os.environ[PREFIX + "URL"]  #= required APP_URL
os.environ[f"{PREFIX}HOST"]  #= required APP_HOST
os.environ["%sPORT" % PREFIX]  #= required APP_PORT
os.environ["{}USER".format(PREFIX)]  #= required APP_USER
os.environ["lower".upper()]  #= required LOWER

for name in REQUIRED:
    os.environ[name]  #= required FIRST, required SECOND
for name, kind in TYPES.items():
    kind(os.environ[name])  #= required THIRD, required FOURTH
for number, name in enumerate(REQUIRED):
    os.getenv(name)  #= none FIRST, none SECOND
for name, default in PAIRS:
    os.environ.get(name, default)  #= default FIFTH, default SIXTH
for name in ATTRIBUTES.values():
    os.environ[name]  #= required SEVENTH, required EIGHTH

missing = [name for name in ("NINTH", "TENTH") if name not in os.environ]  #= required NINTH, required TENTH
if missing:
    raise RuntimeError(missing)

absent = [name for name in ("ELEVENTH",) if not os.environ.get(name)]  #= default ELEVENTH
if absent:
    print(absent)

if not all(name in os.environ for name in ("TWELFTH", "THIRTEENTH")):  #= required TWELFTH, required THIRTEENTH
    raise RuntimeError

if any(name not in os.environ for name in ["FOURTEENTH"]):  #= required FOURTEENTH
    raise RuntimeError

values = {name: os.environ[name] for name in REQUIRED if name in os.environ}  #= default FIRST, default SECOND


def shadowed(name, suffix):
    os.environ[f"APP_{suffix}_URL"]  #= computed APP_*_URL
    for suffix in open("names"):
        os.environ["APP_" + compute()]  #= computed APP_*
    os.environ[compute()]  #= computed *
    os.environ[f"{compute()}_DSN"]  #= computed *_DSN


def of_branch(branch):
    os.environ.get("_".join(("SEAL", "KEY", branch.upper())))  #= computed SEAL_KEY_*


def of_kind(kind):
    return os.environ.get("_".join(["KIND", kind]))


of_kind("NEW")  #= none KIND_NEW
