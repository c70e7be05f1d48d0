"""Distributions that must be installed, in versions within bounds: the first on the path is the one that is imported.

Floor: Python 3.8, standard library only.
"""

import os

from parity.door.inside import versions
from parity.probe.packages import metadata

NEEDS = ("parity.probe.packages.metadata",)

_KINDS = {"dist-info": "METADATA", "egg-info": "PKG-INFO", "egg": "EGG-INFO/PKG-INFO"}
_HEAD = 1 << 16
"""Bytes of metadata in which the version stands."""


def failures(asked, path):
    """asked: {normalised name: version specifiers, or "" for any}"""
    found = installed(asked, path)
    for name in sorted(asked):
        if name not in found:
            yield name, "not installed"
        elif asked[name] and not versions.known(found[name]):
            yield name, "its version has no known form, and %s is asked for" % asked[name]
        elif asked[name] and not versions.holds(asked[name], found[name]):
            yield name, "%s is not %s" % (found[name], asked[name])


def installed(wanted, path):
    """{normalised name: version, "" where it tells none} of those that are wanted and there."""
    found = {}
    for directory in path:
        if directory.endswith(".egg"):
            _take(directory, wanted, found)
            continue
        try:
            names = os.listdir(directory)
        except OSError:
            continue
        for name in sorted(names):
            if name.rpartition(".")[2] in ("dist-info", "egg-info"):
                _take(os.path.join(directory, name), wanted, found)
    return found


def _take(place, wanted, found):
    named, version = metadata.stem(os.path.basename(place))
    key = metadata.normalised(named or "")
    if key not in wanted or key in found:
        return
    kind = place.rpartition(".")[2]
    # Distutils wrote the metadata of an egg-info into a file of that name.
    text = place if os.path.isfile(place) and kind != "egg" else os.path.join(place, _KINDS[kind])
    try:
        with open(text, "rb") as stream:
            version = metadata.parse(stream.read(_HEAD)).version or version
    except OSError:
        # A directory without it is what an uninstallation left behind, and no distribution; in a zip it stays unread.
        if not os.path.isfile(place):
            return
    found[key] = version or ""
