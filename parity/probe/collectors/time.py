"""The time zone of the process that serves, where it comes from, and the time zones that exist.

    zone                 its name in the IANA database, or the rule that TZ spells out; "other" for neither
    zone_source          "variable" (TZ), "link" or "file" (/etc/localtime), "default" (nothing says: UTC)
    zone_found           whether there is a file of it: without one every local time is UTC
    zone_rule            what holds there from now on, as TZ would spell it
    zoneinfo             whether the system has the database, where Python's zoneinfo looks
    tzdata               the version of that database
    tzdata_distribution  the version of the distribution of that name, which zoneinfo falls back to

Floor: Python 3.8, standard library only.
"""

import os
import re
import stat

from parity.probe import zones
from parity.probe.kit import Section, Unavailable, why
from parity.probe.libraries import elf
from parity.probe.system_packages.installed import DATABASES

TITLE = "Time"
WHY = "in another zone local times and dates are others, and a zone that does not exist is UTC or an exception"
COMPARED = {
    "zone": "exact",
    "zone_found": "exact",
    "zoneinfo": "exact",
    "tzdata": "version",
    "tzdata_distribution": "pep440",
}
SEVERITY = {"missing": "warning", "changed": "warning", "extra": "info"}
READS = ("/etc/timezone", *DATABASES)
REDUCES = (
    *((pattern, zones.content) for pattern in ("*/zoneinfo/*", "/etc/localtime")),
    *((pattern, zones.version) for pattern in ("*/zoneinfo/tzdata.zi", "*/zoneinfo/+VERSION")),
    *((pattern, elf.parse) for pattern in ("*.so", "*.so.*", "*/bin/python*", "*/bin/pypy*")),
)

LOCALTIME = "/etc/localtime"
_RELEASE = re.compile(r"(?:[0-9]+:)?([0-9]{4}[a-z]{1,2})(?![a-z])")
_DISTRIBUTION = re.compile(r"tzdata-([0-9][0-9A-Za-z.]{1,20})\.(?:dist|egg)-info\Z", re.IGNORECASE)


def collect(view):
    if view.live and os.uname().sysname != "Linux":
        raise Unavailable("not Linux")
    section = Section()
    _zone(view, section)
    _database(view, section)
    _distribution(view, section)
    return section


def _zone(view, section):
    process = view.process
    if process.environ is None:
        section.hide("zone*", process.refused.get("environ", "the variables of the process are not known"))
        return
    asked = process.variable("TZ")
    try:
        name, source, path = _told(view) if asked is None else _asked(view, asked)
    except OSError as error:
        section.hide("zone*", "/etc/localtime: " + why(error))
        return
    spelled = path is None and zones.spells((asked or "").lstrip(":"))
    found = zones.usual(name) == "UTC" or spelled or (path is not None and _is_file(view, path))
    section.items.update(zone=zones.usual(name), zone_source=source, zone_found=found)
    rule = name if spelled else _rule(view, path)
    if rule and rule != "other":
        section.items["zone_rule"] = rule
    if found and view.live and (asked is None or name != "other"):
        section.volatile["utc_offset"] = _offset(asked)


def _is_file(view, path):
    """Whether a plain file is there: the C library waits for ever for what a FIFO has to say."""
    try:
        return stat.S_ISREG(view.stat(path).st_mode)
    except OSError:
        return False


def _asked(view, text):
    """(name, source, path of its file or None) of the zone that TZ names."""
    text = text[1:] if text.startswith(":") else text
    if not text:
        return "UTC", "variable", None
    if text.startswith("/"):
        return zones.below(text) or "other", "variable", text
    if not zones.well_formed(text):
        return (text if zones.is_rule(text) else "other"), "variable", None
    return text, "variable", zones.find(view, text)


def _told(view):
    """The same of the zone that /etc/localtime is. Raises OSError."""
    try:
        target = os.path.normpath(os.path.join("/etc", view.link(LOCALTIME)))
    except (FileNotFoundError, NotADirectoryError):
        return "UTC", "default", None
    except OSError:
        target = None
    name = target and (zones.below(target) or zones.below(view.real(LOCALTIME)))
    if name:
        return name, "link", LOCALTIME
    try:
        content = view.reduced(LOCALTIME, zones.content)
    except (FileNotFoundError, NotADirectoryError):
        # A link to nothing.
        return "UTC", "default", None
    return (_matching(view, content) or "other") if content else "other", "file", LOCALTIME


def _matching(view, content):
    try:
        line = view.text("/etc/timezone", 4096).strip()
    except OSError:
        line = ""
    path = zones.find(view, line) if zones.well_formed(line) else None
    if path and view.reduced(path, zones.content) == content:
        return line
    directory = zones.tree(view)
    return zones.named(view, directory, content) if directory else None


def _rule(view, path):
    try:
        content = view.reduced(path, zones.content) if path else None
    except OSError:
        return None
    return content[2] if content else None


def _offset(asked):
    """Seconds east of UTC, now. The variable is this process's own only for as long as it takes."""
    import time

    before = os.environ.get("TZ")
    try:
        _set(asked)
        time.tzset()
        return time.localtime().tm_gmtoff
    finally:
        _set(before)
        time.tzset()


def _set(value):
    if value is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = value


def _database(view, section):
    directory = zones.tree(view)
    section.items["zoneinfo"] = directory is not None
    if directory is None:
        return
    for name in ("tzdata.zi", "+VERSION"):
        try:
            version = view.reduced("%s/%s" % (directory, name), zones.version)
        except OSError:
            continue
        if version:
            section.items["tzdata"] = version
            return
    version = _packaged(view)
    if version:
        section.items["tzdata"] = version
    else:
        section.hide("tzdata", "no file tells the version of the time zone database")


def _packaged(view):
    """The version that the operating system's package has; its database is read where nothing else tells."""
    from parity.probe.system_packages import apk, dpkg, rpm

    for database in (dpkg, apk, rpm):
        for package in database.read(view, Section()) or ():
            match = _RELEASE.match(package.version) if package.name == "tzdata" else None
            if match:
                return match.group(1)
    return None


def _distribution(view, section):
    interpreter = view.interpreter
    if interpreter is None:
        return
    if interpreter.foreign:
        section.hide("tzdata_distribution", interpreter.foreign)
        return
    for directory in interpreter.path:
        try:
            names = view.names(directory)
        except OSError:
            continue
        found = sorted(match.group(1) for match in map(_DISTRIBUTION.match, names) if match)
        if found:
            section.items["tzdata_distribution"] = found[-1]
            return
