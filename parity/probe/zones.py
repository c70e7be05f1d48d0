"""Time zones as a file system has them. Formats: tzfile(5) (RFC 8536), tzset(3), and the tree that zic(8) makes.

Floor: Python 3.8, standard library only.
"""

import binascii
import re

DIRECTORIES = ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo")
"""Where Python's zoneinfo looks (PEP 615); the C library looks in the first, or in the one that it was built with."""

LIMIT = 64 << 10
"""Bytes of a zone's file; the longest has 4 KiB."""

MOST_FILES = 3000
DEEPEST = 3

_UTC = frozenset("%s%s" % (area, name) for area in ("", "Etc/") for name in ("UCT", "UTC", "Universal", "Zulu"))
# A closed form, so that a variable that holds anything else is not recorded by its value.
_AREAS = (
    "Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Etc|Europe|Indian|Mexico|Pacific|US"
)
_ALONE = (
    r"CET|CST6CDT|Cuba|EET|EST|EST5EDT|Egypt|Eire|Factory|GB|GB-Eire|GMT|GMT[+-]?0|Greenwich|HST|Hongkong|Iceland|Iran"
    r"|Israel|Jamaica|Japan|Kwajalein|Libya|MET|MST|MST7MDT|NZ|NZ-CHAT|Navajo|PRC|PST8PDT|Poland|Portugal|ROC|ROK"
    r"|Singapore|Turkey|UCT|UTC|Universal|W-SU|WET|Zulu|localtime|posixrules"
)
_NAME = re.compile(r"(?:(?:posix|right)/)?(?:(?:%s)(?:/[A-Za-z0-9_+-]{1,31}){1,2}|%s)\Z" % (_AREAS, _ALONE))
_ABBREVIATION = r"(?:[A-Za-z]{3,8}|<[A-Za-z0-9+-]{3,8}>)"
_USUAL = r"(?:[A-Z][A-Za-z]{2,4}|<(?:[A-Z]{3,5})?[+-]?[0-9]{0,4}>)"
"""Of abbreviations, what zones have: a word and a digit that stand in TZ are a rule to the C library."""
_TIME = r"[+-]?[0-9]{1,3}(?::[0-9]{2}){0,2}"
_DAY = r",(?:M[0-9]{1,2}\.[1-5]\.[0-6]|J?[0-9]{1,3})(?:/" + _TIME + r")?"
_RULE, _USUAL_RULE = (
    re.compile("%s%s(?:%s(?:%s)?(?:%s%s)?)?\\Z" % (name, _TIME, name, _TIME, _DAY, _DAY))
    for name in (_ABBREVIATION, _USUAL)
)
_VERSION = re.compile(rb"(?:# version )?([0-9]{4}[a-z]{1,2})\s")
_NO_ZONES = frozenset(["localtime", "posix", "posixrules", "right", "Factory"])


def well_formed(name):
    """Whether a text has the form of a zone's name in the IANA database."""
    return _NAME.match(name) is not None


def is_rule(text):
    """Whether it is a zone that TZ spells out, by an abbreviation of zones: CET-1CEST,M3.5.0,M10.5.0/3."""
    return _USUAL_RULE.match(text) is not None


def spells(text):
    """Whether the C library takes it for one, whatever it calls it."""
    return _RULE.match(text) is not None


def usual(name):
    """The name by which the zones of the same place are compared: UTC has eight."""
    if name.startswith("posix/"):
        name = name[len("posix/") :]
    return "UTC" if name in _UTC else name


def below(path):
    """The name of the zone whose file a path is by its words, or None."""
    _, found, name = path.rpartition("/zoneinfo/")
    return name if found and well_formed(name) else None


def content(at):
    """(size, check sum, the rule that holds from now on or None) of a zone's file; None for another file."""
    data = at(0, LIMIT)
    if data[:4] != b"TZif" or len(data) >= LIMIT:
        return None
    rule = data.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii", "replace")
    return len(data), binascii.crc32(data), rule if is_rule(rule) else None


def version(at):
    """The version of the database that tzdata.zi or +VERSION tells in its first line, or None."""
    match = _VERSION.match(at(0, 64))
    return match.group(1).decode("ascii") if match else None


def directories(process):
    """Where the C library of a process looks first, and where Python does."""
    own = process.variable("TZDIR")
    return ([own.rstrip("/")] if own and own.startswith("/") else []) + list(DIRECTORIES)


def find(view, name):
    """The path of a zone's file, or None."""
    for directory in directories(view.process):
        if view.exists(directory + "/" + name):
            return directory + "/" + name
    return None


def tree(view):
    """The first directory in which there are zones, or None."""
    for directory in directories(view.process):
        if any(view.exists("%s/%s" % (directory, name)) for name in ("UTC", "Etc/UTC", "Europe/London")):
            return directory
    return None


def named(view, directory, wanted):
    """The name of the zone in a tree whose file has the content `wanted`, or None."""
    found = []
    waiting, count = [("", 0)], 0
    for below_it, depth in waiting:
        try:
            names = sorted(view.names(directory + "/" + below_it))
        except OSError:
            continue
        for name in names:
            count += 1
            if count > MOST_FILES or (not below_it and name in _NO_ZONES) or "." in name:
                continue
            path = below_it + name
            try:
                status = view.stat(directory + "/" + path)
                if status.st_size == wanted[0] and view.reduced(directory + "/" + path, content) == wanted:
                    found.append(path)
            except OSError:
                # A directory is no file to be reduced, and is looked into.
                pass
            if depth < DEEPEST and "-" not in name and _is_directory(view, directory + "/" + path):
                waiting.append((path + "/", depth + 1))
    # Zones of the same rules share their content: one with a place in its name says more.
    found.sort(key=lambda name: (usual(name) != "UTC", "/" not in name, name.startswith(("Etc/", "US/")), name))
    return found[0] if found else None


def _is_directory(view, path):
    import stat

    try:
        return stat.S_ISDIR(view.stat(path).st_mode)
    except OSError:
        return False
