"""Tells which names a Python has: a list of them as JSON comes in, {name: whether} goes out. Runs on 3.8 and later."""

from __future__ import annotations

import builtins
import ctypes
import importlib
import inspect
import json
import re
import sys
import warnings
from typing import Any


def found(dotted: str) -> Any:
    """What a dotted name stands for: a module, what is in one, or a builtin."""
    first, *rest = dotted.split(".")
    thing: Any = sys.modules.get(first) or getattr(builtins, first, None)
    if thing is None:
        thing = imported(first)
    path = first
    for name in rest:
        path = f"{path}.{name}"
        thing = getattr(thing, name) if hasattr(thing, name) else imported(path)
    return thing


def imported(path: str) -> Any:
    """A module; AttributeError where there is none, as for what a module lacks."""
    try:
        return importlib.import_module(path)
    except ImportError:
        raise AttributeError(path) from None


def holds(name: str) -> bool | None:
    """Whether it is there; None for the parameters of what does not tell them."""
    parameter = re.match(r"([\w.]+)\((\w+)\)$", name)
    try:
        if parameter:
            return parameter[2] in inspect.signature(found(parameter[1])).parameters
        if re.match(r"_?Py\w+$", name):
            return hasattr(ctypes.pythonapi, name)
        found(name)
    except AttributeError:
        return False
    except (TypeError, ValueError):
        return None
    return True


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    print(json.dumps({name: holds(name) for name in json.load(sys.stdin)}))
