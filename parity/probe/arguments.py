"""The flags a Python process runs under, computed from its arguments and its PYTHON* variables.

Only typed results leave this file: numbers and yes/no, never an argument or a value.
The rules are those of "Command line and environment" in the Python manual.

Floor: Python 3.8, standard library only.
"""

_SWITCHES_WITH_VALUE = "cmWX"


def switches(argv):
    """(letters given, values of -X) of an interpreter's own command line, before script, -c or -m."""
    letters = []
    implementation = []
    rest = list(argv[1:])
    while rest:
        word = rest.pop(0)
        if len(word) < 2 or word[0] != "-" or word.startswith("--"):
            break
        body = word[1:]
        while body:
            letter, body = body[0], body[1:]
            letters.append(letter)
            if letter in _SWITCHES_WITH_VALUE:
                value = body or (rest.pop(0) if rest else "")
                if letter == "X":
                    implementation.append(value)
                if letter in "cm":
                    return letters, implementation
                break
    return letters, implementation


def flags(process):
    """{"optimize": int, "dev_mode": bool, "utf8_mode": bool | None, "hash_seed_fixed": bool, ...}.

    utf8_mode is None where it depends on the locale and nothing asked for it.
    """
    letters, implementation = switches(process.argv) if process.python else ([], [])
    isolated = "I" in letters
    ignore = isolated or "E" in letters
    options = {}
    for value in implementation:
        name, _, setting = value.partition("=")
        options[name] = setting

    def variable(name):
        return "" if ignore else (process.variable(name) or "")

    return {
        "isolated": isolated,
        "ignore_environment": ignore,
        "no_user_site": isolated or "s" in letters or bool(variable("PYTHONNOUSERSITE")),
        "optimize": max(letters.count("O"), _level(variable("PYTHONOPTIMIZE"))),
        "dev_mode": "dev" in options or bool(variable("PYTHONDEVMODE")),
        "utf8_mode": _utf8(options, variable("PYTHONUTF8")),
        "hash_seed_fixed": variable("PYTHONHASHSEED") not in ("", "random"),
        "safe_path": isolated or "P" in letters or bool(variable("PYTHONSAFEPATH")),
        "dont_write_bytecode": "B" in letters or bool(variable("PYTHONDONTWRITEBYTECODE")),
        "unbuffered": "u" in letters or bool(variable("PYTHONUNBUFFERED")),
    }


def _level(text):
    # An integer is that level; any other non-empty text counts as 1.
    if not text:
        return 0
    return int(text) if text.isdigit() else 1


def _utf8(options, variable):
    if "utf8" in options:
        return options["utf8"] != "0"
    if variable in ("0", "1"):
        return variable == "1"
    return None
