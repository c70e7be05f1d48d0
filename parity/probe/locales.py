"""Whether the C library of a file system has a locale, by its files alone. Format: locale(7), localedef(1).

Floor: Python 3.8, standard library only.
"""

DIRECTORY = "/usr/lib/locale"
_ALWAYS = frozenset(["C.UTF-8", "C.utf8"])


def installed(view, name, musl):
    """True or False; None where the answer is in a locale-archive, which is not read."""
    if musl or name in _ALWAYS:
        # musl takes any name, and glibc has had the second since 2.35 (Debian long before).
        return True
    if "/" in name or "\0" in name:
        return False
    if any(view.exists("%s/%s/LC_CTYPE" % (DIRECTORY, one)) for one in _spellings(name)):
        return True
    return None if view.exists(DIRECTORY + "/locale-archive") else False


def _spellings(name):
    """The directories that glibc looks for: the name itself, with its codeset in plain letters, and without."""
    base, _, modifier = name.partition("@")
    language, _, codeset = base.partition(".")
    plain = "".join([character for character in codeset.lower() if character.isalnum()])
    end = "@" + modifier if modifier else ""
    return [name, "%s.%s%s" % (language, plain, end), language + end]
