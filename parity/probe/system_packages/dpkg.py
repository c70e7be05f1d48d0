"""The packages that dpkg has installed, from its own database.

Source: deb-control(5) and dpkg(1). Every stanza begins with its `Package` field, so that is what splits
them: a database whose blank lines were lost is read all the same. Images without dpkg itself
(distroless) keep one stanza a file below status.d.

Floor: Python 3.8, standard library only.
"""

import re

from parity.probe.kit import why
from parity.probe.system_packages.installed import Package, Unreadable, understood

STATUS = "/var/lib/dpkg/status"
SEPARATE = "/var/lib/dpkg/status.d"

WINDOW = 4 << 20
MOST_BYTES = 128 << 20
"""Bytes of the database that are read; ten times the largest that a full archive would make."""

MOST_STANZA = 1 << 20
_NAME = re.compile(rb"^[a-z0-9][a-z0-9+.\-]{1,127}$")
_VERSION = re.compile(rb"^[0-9A-Za-z.+:~\-]{1,255}$")
_ARCHITECTURE = re.compile(rb"^[a-z0-9\-]{1,32}$")
_FIELDS = re.compile(rb"\n(Package|Status|Version|Architecture):([^\n]*)")
_SETTLED = (b"installed", b"triggers-awaited", b"triggers-pending")
_BROKEN = (b"unpacked", b"half-configured", b"half-installed")


def read(view, section):
    """[Package, ...] of a view's database, or None where there is none; what is damaged is hidden in `section`."""
    there = False
    try:
        stanzas = list(_windows(view, STATUS, section))
        there = True
    except (FileNotFoundError, NotADirectoryError):
        stanzas = []
    except OSError as error:
        section.hide("*", "the dpkg database: " + why(error))
        return []
    try:
        names = [name for name in sorted(view.names(SEPARATE)) if not name.endswith((".md5sums", ".preserve"))]
    except (FileNotFoundError, NotADirectoryError):
        names = []
    for name in names:
        there = True
        try:
            stanzas.append(view.read(SEPARATE + "/" + name, MOST_STANZA, follow=True))
        except OSError as error:
            section.hide("*", "a file of the dpkg database: " + why(error))
    return understood(stanzas, parse, section, "dpkg") if there else None


def native(view, packages):
    """The architecture that names without a suffix stand for."""
    for package in packages:
        if package.name == "dpkg":
            return package.architecture
    try:
        text = view.text("/var/lib/dpkg/arch", 4096).split()
    except OSError:
        text = []
    if text:
        return text[0]
    counts = {}
    for package in packages:
        if package.architecture != "all":
            counts[package.architecture] = counts.get(package.architecture, 0) + 1
    return max(sorted(counts), key=counts.get) if counts else "all"


def parse(stanza):
    """The Package of one stanza of bytes, None when it is not installed. Raises Unreadable."""
    fields = {}
    # Of a field that stands twice the first counts.
    for field, value in reversed(_FIELDS.findall(b"\n" + stanza)):
        fields[field] = value.strip()
    name = fields.get(b"Package")
    if name is None and not stanza.strip():
        return None
    if name is None or not _NAME.match(name):
        raise Unreadable(None)
    text = name.decode("ascii")
    status = fields.get(b"Status")
    state = status.split()[-1] if status and status.split() else None
    if status is not None and state not in _SETTLED + _BROKEN:
        if state in (b"not-installed", b"config-files"):
            return None
        raise Unreadable(text)
    version = fields.get(b"Version")
    architecture = fields.get(b"Architecture")
    if version is None or not _VERSION.match(version) or not architecture or not _ARCHITECTURE.match(architecture):
        raise Unreadable(text)
    broken = state.decode("ascii") if state in _BROKEN else None
    return Package(text, version.decode("ascii"), architecture.decode("ascii"), broken)


def _windows(view, path, section):
    """Stanzas of a database of any size, one window at a time."""
    mark = b"\nPackage:"
    buffer, place = b"\n", 0
    while place < MOST_BYTES:
        window = view.read(path, WINDOW, follow=True, start=place) if place else view.head(path, WINDOW)
        place += len(window)
        before, *stanzas = (buffer + window).split(mark)
        if before.strip() and place == len(window):
            section.hide("*", "a damaged record in the dpkg database")
        if len(window) < WINDOW:
            yield from [b"Package:" + stanza for stanza in stanzas]
            return
        last = stanzas.pop() if stanzas else None
        yield from [b"Package:" + stanza for stanza in stanzas]
        if last is not None and len(last) <= MOST_STANZA:
            buffer = mark + last
        else:
            section.hide("*", "a record in the dpkg database is too long to be one")
            # The next record's mark may stand across the edge of two windows.
            buffer = window[-len(mark) :]
    section.hide("*", "the dpkg database is larger than what is read of it")
