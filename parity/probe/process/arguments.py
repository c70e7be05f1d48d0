"""The flags a Python process runs under, computed from its arguments and its PYTHON* variables.

Only typed results leave this file: numbers and yes/no, never an argument or a value. The rules are
those of "Command line and environment" in the Python manual, and where the manual says "a non-empty
string" and CPython reads a number (PYTHONNOUSERSITE=0 is off, PYTHONDEVMODE=0 is on), CPython's.

Floor: Python 3.8, standard library only.
"""

import os
import re
import sys

from parity.probe.process.proc import PYTHON_NAME

_SWITCHES_WITH_VALUE = "cmWX"
_LONG_WITH_VALUE = "--check-hash-based-pycs"
_NUMBER = re.compile(r"\s*\+?[0-9]{1,9}\Z", re.ASCII)


class Command:
    """An interpreter's own command line.

    letters         switches in the order given, each letter once for each time it stands there
    implementation  {name: text} of -X
    warnings        [text] of -W
    runs            "script", "c", "m" or "stdin": what follows the switches
    script          the script's name when it runs one
    module          the module's when it runs one
    """

    def __init__(self):
        self.letters = []
        self.implementation = {}
        self.warnings = []
        self.runs = "stdin"
        self.script = self.module = None


def command(process):
    """The Command of a process; an empty one where its arguments tell nothing."""
    found = Command()
    if not runs_program(process):
        return found
    rest = iter(process.argv[1:])
    for word in rest:
        if word == _LONG_WITH_VALUE:
            next(rest, None)
        elif word == "-":
            return found
        elif not word.startswith("-") or word == "--":
            found.script = word if word != "--" else next(rest, None)
            found.runs = "script" if found.script else "stdin"
            return found
        elif not word.startswith("--") and _cluster(found, word[1:], rest):
            return found
    return found


def _cluster(found, body, rest):
    """Read one word of switches (-Bc, -Xdev, -W error); True when it ends the interpreter's own part."""
    for place, letter in enumerate(body):
        found.letters.append(letter)
        if letter in _SWITCHES_WITH_VALUE:
            value = body[place + 1 :] or next(rest, "")
            if letter == "X":
                name, _, setting = value.partition("=")
                found.implementation[name] = setting
            elif letter == "W":
                found.warnings.append(value)
            else:
                found.runs = letter
                found.module = value if letter == "m" else None
                return True
            return False
    return False


def runs_program(process):
    """Whether the arguments are those of a Python: a server may have written its title over them."""
    return bool(process.argv and PYTHON_NAME.match(os.path.basename(process.argv[0])))


def flags(process, release=sys.version_info, installed=None):
    """{"optimize": int, "dev_mode": bool, "utf8_mode": bool | None, "hash_seed_fixed": bool, ...}.

    `release` is the interpreter's (`sys.version_info`); installed(name), whether the C library has a locale, or None
    where that cannot be told: this machine's answers where none is given. utf8_mode is None where the process's
    environment could not be read, or its locale could not be told, and no argument decides it.
    """
    given = command(process)
    letters = given.letters
    isolated = "I" in letters
    ignore = isolated or "E" in letters
    version = tuple(release[:2])

    def variable(name):
        return "" if ignore else (process.variable(name) or "")

    return {
        "isolated": isolated,
        "ignore_environment": ignore,
        "no_site": "S" in letters,
        "no_user_site": isolated or "s" in letters or _level(variable("PYTHONNOUSERSITE")) > 0,
        "optimize": max(letters.count("O"), _level(variable("PYTHONOPTIMIZE"))),
        "dev_mode": "dev" in given.implementation or bool(variable("PYTHONDEVMODE")),
        "utf8_mode": _utf8(process, given.implementation, variable("PYTHONUTF8"), version, installed or _installed),
        "hash_seed_fixed": "R" not in letters and variable("PYTHONHASHSEED") not in ("", "random"),
        "safe_path": isolated or (version >= (3, 11) and ("P" in letters or bool(variable("PYTHONSAFEPATH")))),
        "warnings_are_errors": _errors(variable("PYTHONWARNINGS").split(",") + given.warnings),
        "dont_write_bytecode": "B" in letters or _level(variable("PYTHONDONTWRITEBYTECODE")) > 0,
        "unbuffered": "u" in letters or _level(variable("PYTHONUNBUFFERED")) > 0,
        "gil": _gil(given.implementation, variable("PYTHON_GIL")),
    }


def _level(text):
    # What is no number, and what is below zero, counts as 1 (CPython's _Py_get_env_flag).
    if not text:
        return 0
    return int(text) if _NUMBER.match(text) else 1


def _errors(filters):
    # A bare action (any prefix of "error" is that action) without a message, category or module.
    last = [text for text in filters if text and ":" not in text]
    return bool(last) and "error".startswith(last[-1].strip() or "-")


def _gil(implementation, variable):
    """Whether a free-threaded build was told to keep or to drop its lock; None when nobody said."""
    setting = implementation.get("gil") or variable
    return setting == "1" if setting in ("0", "1") else None


def _utf8(process, implementation, variable, version, installed):
    if "utf8" in implementation:
        return implementation["utf8"] != "0"
    if variable in ("0", "1"):
        return variable == "1"
    if version >= (3, 15):
        return True
    if process.environ is None:
        return None
    # PEP 540: the mode turns itself on where the LC_CTYPE locale is C or POSIX, which is also what a
    # process is left with when it asks for a locale that is not installed.
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        asked = process.variable(name)
        if asked:
            there = asked not in ("C", "POSIX") and installed(asked)
            return None if there is None else not there
    return True


def _installed(name):
    import _locale

    before = _locale.setlocale(_locale.LC_CTYPE, None)
    try:
        _locale.setlocale(_locale.LC_CTYPE, name)
    except (_locale.Error, ValueError):
        return False
    _locale.setlocale(_locale.LC_CTYPE, before)
    return True
