"""The packages that rpm has installed, from its own database, in any of the three forms it had.

Source: rpm, "Header format" (docs/manual/hregions.md, format_header.md): a blob is the number of entries, the
size of the store, the entries of (tag, type, offset, count), then the store; all big-endian.

Floor: Python 3.8, standard library only.
"""

import re
import struct

from parity.probe.kit import why
from parity.probe.system_packages import rpmdb
from parity.probe.system_packages.installed import Package, there

DIRECTORIES = ("/var/lib/rpm", "/usr/lib/sysimage/rpm", "/usr/share/rpm")
FORMS = (("rpmdb.sqlite", rpmdb.sqlite), ("Packages.db", rpmdb.ndb), ("Packages", rpmdb.berkeley))

_NAME_TAG, _VERSION_TAG, _RELEASE_TAG, _EPOCH_TAG, _ARCHITECTURE_TAG = 1000, 1001, 1002, 1003, 1022
_TAGS = (_NAME_TAG, _VERSION_TAG, _RELEASE_TAG, _EPOCH_TAG, _ARCHITECTURE_TAG)
_INT32, _STRING = 4, 6
_PREFIX = 16 << 10
"""Bytes of a blob that nearly always hold the five tags; file lists come behind them."""

_MOST_PREFIX = 4 << 20
_MOST_ENTRIES = 4096
_WORD = re.compile(r"^[A-Za-z0-9._+~^{}%-]{1,255}$")
_KEYS = "gpg-pubkey"
"""rpm keeps the keys that it trusts as packages of this name; they are no software."""


def read(view, section):
    """[Package, ...] of a view's database, or None where there is none; what is damaged is hidden in `section`."""
    for directory in DIRECTORIES:
        for name, blobs in FORMS:
            path = directory + "/" + name
            if not there(view, path):
                continue
            try:
                return _packages(view, path, blobs, section)
            except OSError as error:
                section.hide("*", "the rpm database: " + why(error))
                return []
            except (rpmdb.Damaged, struct.error):
                section.hide("*", "the rpm database is damaged, or of a form that is not known")
                return []
    return None


def _packages(view, path, blobs, section):
    packages = []
    try:
        if view.stat(path + "-wal").st_size:
            section.hide("*", "the rpm database has changes that are not yet in its main file")
    except OSError:
        pass
    for prefix in blobs(view, path):
        try:
            package = parse(prefix)
        except (ValueError, struct.error):
            section.hide("*", "a damaged record in the rpm database")
            continue
        if package is not None:
            packages.append(package)
    return packages


def parse(prefix):
    """The Package of the blob behind `prefix(size) -> bytes`; None for a key. Raises ValueError, struct.error."""
    data = prefix(_PREFIX)
    count, stored = struct.unpack_from(">II", data)
    if not 0 < count <= _MOST_ENTRIES:
        raise ValueError("number of entries")
    store = 8 + 16 * count
    if store > len(data):
        data = prefix(store + _PREFIX)
    places = {}
    for tag, kind, offset, _ in struct.iter_unpack(">IIII", data[8:store]):
        if tag in _TAGS:
            places[tag] = (kind, store + offset)
    furthest = max([place for _, place in places.values()] or [0])
    if furthest > _MOST_PREFIX or furthest > store + stored:
        raise ValueError("offset")
    if furthest + 256 > len(data):
        data = prefix(furthest + 256)
    words = {tag: _value(data, kind, place) for tag, (kind, place) in places.items()}
    name = words.get(_NAME_TAG)
    if name == _KEYS:
        return None
    version, release = words.get(_VERSION_TAG), words.get(_RELEASE_TAG)
    architecture = words.get(_ARCHITECTURE_TAG, "noarch")
    if not all(isinstance(word, str) and _WORD.match(word) for word in (name, version, release, architecture)):
        raise ValueError("a field")
    epoch = words.get(_EPOCH_TAG)
    text = version + "-" + release
    return Package(name, "%d:%s" % (epoch, text) if isinstance(epoch, int) and epoch else text, architecture)


def _value(data, kind, place):
    if kind == _INT32:
        return struct.unpack_from(">I", data, place)[0]
    if kind != _STRING:
        return None
    end = data.find(b"\0", place)
    if end < 0:
        raise ValueError("a string without an end")
    return data[place:end].decode("utf-8", "backslashreplace")
