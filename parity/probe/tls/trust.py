"""The certificates that an OpenSSL trusts where a program names none: a bundle, and directories of hashed names.

Source: SSL_CTX_set_default_verify_paths(3), openssl-rehash(1); update-ca-certificates(8) and update-ca-trust(8) for
where an administrator puts roots.

Floor: Python 3.8, standard library only.
"""

import os
import re

from parity.probe.kit import why
from parity.probe.tls.certificates import digests

ANCHORS = (
    "/usr/local/share/ca-certificates",
    "/etc/pki/ca-trust/source/anchors",
    "/usr/share/pki/ca-trust-source/anchors",
    "/etc/ca-certificates/trust-source/anchors",
)
"""Where Debian and Alpine, Fedora, and Arch look for the roots that somebody adds."""

PATTERNS = ("*.pem", "*.crt", "*/certs/*", "*/anchors/*", "/usr/local/share/ca-certificates/*")
"""Of the files that certificates are in (fnmatch, absolute)."""

MOST_FILES = 2000
_HASHED = re.compile(r"[0-9a-f]{8}\.[0-9]{1,3}\Z")
_BESIDE = "ca-certificates.crt"


class Trust:
    """What is trusted.

    bundle    the path of the file, or of the directory where there is no file; None where there is neither
    roots     set of digests
    problem   None, or why some may be missing here
    """

    def __init__(self):
        self.bundle = None
        self.roots = set()
        self.problem = None


def look(view, file, directories):
    """The Trust in a bundle and directories, by their paths."""
    found = Trust()
    own = _certificates(view, found, file) if file else frozenset()
    found.roots |= own
    found.bundle = file if own else None
    for directory in directories:
        hashed = _hashed(view, found, directory)
        if not hashed:
            continue
        found.bundle = found.bundle or directory
        # Where the bundle that is made with the directory holds as many, it holds the same.
        beside = os.path.join(directory, _BESIDE)
        same = file and view.real(beside) == view.real(file)
        made = own if same else _certificates(view, Trust(), beside)
        if len(made) == len(hashed):
            found.roots |= made
            continue
        for name in hashed[:MOST_FILES]:
            found.roots |= _certificates(view, found, os.path.join(directory, name))
        if len(hashed) > MOST_FILES:
            found.problem = "a directory has more certificates than are read"
    return found


def added(view):
    """The digests of the roots that somebody added to the distribution's own, be they taken in or not."""
    found = set()
    for directory in ANCHORS:
        waiting = [(directory, 0)]
        for place, depth in waiting:
            try:
                names = sorted(view.names(place))
            except OSError:
                continue
            for name in names[:MOST_FILES]:
                path = os.path.join(place, name)
                found |= _certificates(view, Trust(), path)
                if depth < 2 and "." not in name:
                    waiting.append((path, depth + 1))
    return found


def _hashed(view, found, directory):
    try:
        return sorted(name for name in view.names(directory) if _HASHED.match(name))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        found.problem = "a directory of certificates cannot be listed: " + why(error)
        return []


def _certificates(view, found, path):
    try:
        return view.reduced(path, digests)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return frozenset()
    except OSError as error:
        found.problem = "a file of certificates cannot be read: " + why(error)
        return frozenset()
