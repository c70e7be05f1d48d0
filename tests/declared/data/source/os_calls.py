import os
import os as system
from os import environ, environ as e, environb, getenv, getenv as ask

os.environ["SUBSCRIPT"]  #= required SUBSCRIPT
os.environ.get("GET")  #= none GET
os.environ.get("GET_DEFAULT", "x")  #= default GET_DEFAULT
os.environ.get("GET_NONE", None)  #= none GET_NONE
os.environ.get(key="GET_KEY", default="x")  #= default GET_KEY
os.getenv("GETENV")  #= none GETENV
os.getenv("GETENV_DEFAULT", default="x")  #= default GETENV_DEFAULT
os.environ.pop("POP")  #= required POP
os.environ.pop("POP_NONE", None)  #= none POP_NONE
os.environ.setdefault("SETDEFAULT", "x")  #= default SETDEFAULT
"IN" in os.environ  #= default IN
"NOT_IN" not in os.environ.keys()  #= default NOT_IN
system.environ["AS"]  #= required AS
environ["FROM"]  #= required FROM
e.get("FROM_AS")  #= none FROM_AS
getenv("GETENV_FROM")  #= none GETENV_FROM
ask("GETENV_AS", "x")  #= default GETENV_AS
environb[b"BYTES"]  #= required BYTES
os.environb.get(b"BYTES_GET")  #= none BYTES_GET
os.getenvb(b"BYTES_GETENV")  #= none BYTES_GETENV
read = os.environ.get
read("BOUND_METHOD")  #= none BOUND_METHOD
copy = os.environ.copy()
copy["COPIED"]  #= required COPIED
mine = dict(os.environ)
mine.get("DICT")  #= none DICT
os.path.expandvars("$PLAIN/x/${BRACED}")  #= none PLAIN, none BRACED
print(int(os.environ["NESTED"]), [os.environ["IN_LIST"]])  #= required NESTED, required IN_LIST

# What only writes, or hands on, reads nothing.
os.environ["STORED"] = "x"
del os.environ["DELETED"]
os.environ.update(UPDATED="x")
copy["STORED_TOO"] = "x"
everything = {**os.environ}
{"environ": {}}["environ"]
"os.environ['IN_A_STRING']"
