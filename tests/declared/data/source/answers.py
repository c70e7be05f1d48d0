"""What the code around a read says of a variable that is absent."""

import os
import sys

a = os.environ.get("OR") or "default"  #= default OR
b = os.environ.get("OR_NOTHING") or os.environ.get("LAST")  #= default OR_NOTHING, none LAST
c = os.environ.get("COMPARED") == "1"  #= default COMPARED
d = bool(os.environ.get("BOOL"))  #= default BOOL
f = not os.environ.get("NOT")  #= default NOT
g = int(os.environ.get("INTO_INT"))  #= none INTO_INT
h = "x" if os.environ.get("IF_EXPRESSION") else "y"  #= default IF_EXPRESSION
i = os.environ["GUARDED"] if "GUARDED" in os.environ else None  #= default GUARDED
j = "AND" in os.environ and os.environ["AND"] == "1"  #= default AND
k = "OR_GUARD" not in os.environ or os.environ["OR_GUARD"]  #= default OR_GUARD

if os.environ.get("IF"):  #= default IF
    print(os.environ["IF"])  #= default IF

if "BRANCH" in os.environ:  #= default BRANCH
    print(os.environ["BRANCH"])  #= default BRANCH
else:
    print(os.environ["OTHER"])  #= required OTHER

if "WALRUS" not in os.environ:  #= default WALRUS
    print("none")
elif (value := os.environ["WALRUS"]) == "x":  #= default WALRUS
    print(value)

if not os.environ.get("RAISES"):  #= required RAISES
    raise RuntimeError("RAISES is not set")

if "EXITS" not in os.environ:  #= required EXITS
    sys.exit("EXITS is not set")

later = os.getenv("LATER")  #= required LATER
if later is None:
    raise RuntimeError

empty = os.getenv("EMPTY", "")  #= required EMPTY
if not empty:
    raise SystemExit(2)

asked = os.getenv("ASKED")  #= default ASKED
if asked:
    print(asked)

replaced = os.getenv("REPLACED")  #= default REPLACED
if replaced is None:
    replaced = "x"

used = os.getenv("USED")  #= none USED
print(used.upper())

assert os.environ.get("ASSERTED"), "set it"  #= required ASSERTED

if (found := os.environ.get("FOUND")) is None:  #= required FOUND
    raise KeyError("FOUND")

if os.environ.get("ENV") == "prod" and not os.environ.get("IN_PRODUCTION"):  #= default ENV, required IN_PRODUCTION
    raise RuntimeError

try:
    print(os.environ["CAUGHT"])  #= default CAUGHT
except KeyError:
    print("without")

try:
    print(os.environ["RERAISED"])  #= required RERAISED
except KeyError as error:
    raise RuntimeError("RERAISED") from error

try:
    print(os.environ["OF_OTHERS"])  #= required OF_OTHERS
except OSError:
    pass


def early():
    if "EARLY" not in os.environ:  #= default EARLY
        return None
    return os.environ["EARLY"]  #= default EARLY


def late():
    return os.environ["LATE"]  #= required LATE
