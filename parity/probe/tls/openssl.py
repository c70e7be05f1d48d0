"""The OpenSSL that an interpreter is linked with: where it looks, and what it allows unless it is told otherwise.

Sources: OpenSSL, crypto/cversion.c (OPENSSLDIR stands in the library as OpenSSL prints it), CHANGES (3.2: the default
security level is 2, before it 1); Debian, debian/rules (level 2 since 1.1.1); CPython, Modules/_ssl.c
(PY_SSL_DEFAULT_CIPHERS: since 3.10 a build with Python's own cipher list sets level 2 and TLS 1.2 itself).

Floor: Python 3.8, standard library only.
"""

import re

from parity.probe.libraries import elf
from parity.probe.libraries.linker import linker_of
from parity.probe.python import onfile, stdlib

WINDOW = 1 << 20
MOST_BYTES = 64 << 20
IMPRINTED = ("*/libcrypto*.so*", "*/lib-dynload/_ssl.*", "*/bin/python*", "*/libpython3*.so*")
"""Patterns of the files that are looked through where nothing of them may be run."""

_OVERLAP = 512
_DIRECTORY = re.compile(rb'OPENSSLDIR: "(/[^"\0\n]{0,250})"')
_VERSION = re.compile(rb"OpenSSL ([0-9]{1,2})\.([0-9]{1,2})\.[0-9]{1,2}[a-z]{0,2}[^\0\n]{0,24} [0-9]{4}")
_OWN = re.compile(rb"@SECLEVEL=([0-5]):ECDH\+AESGCM:")
_LIBRARY = re.compile(r"libcrypto[.-]")


class Library:
    """What is known of it.

    directory  OPENSSLDIR, or None
    release    (3, 0), or None
    level      the security level that this Python sets itself, or None where OpenSSL and its configuration decide
    """

    def __init__(self, directory=None, release=None, level=None):
        self.directory, self.release, self.level = directory, release, level

    @property
    def default_level(self):
        """The security level where nothing is configured, or None where it is not known."""
        if self.directory == "/usr/lib/ssl":
            return 2
        if self.release is None or (self.directory or "").startswith("/etc/pki"):
            return None
        return 2 if self.release >= (3, 2) else 1


def imprint(at):
    """(directory, release, level), each or None, that the bytes of a file tell."""
    directory = release = level = None
    place, tail = 0, b""
    while place < MOST_BYTES:
        window = at(place, WINDOW)
        block = tail + window
        directory = directory or _search(_DIRECTORY, b"OPENSSLDIR", block)
        release = release or _search(_VERSION, b"OpenSSL ", block)
        level = level or _search(_OWN, b"@SECLEVEL", block)
        if len(window) < WINDOW:
            break
        place += len(window)
        tail = block[-_OVERLAP:]
    return (
        directory.group(1).decode("utf-8", "backslashreplace") if directory else None,
        (int(release.group(1)), int(release.group(2))) if release else None,
        int(level.group(1)) if level else None,
    )


def _search(pattern, literal, block):
    return pattern.search(block) if literal in block else None


def of(view):
    """The Library of a view's interpreter; None where that has no ssl module, or it does not load."""
    return _running() if view.live else _by_files(view)


def _running():
    try:
        import _ssl
    except ImportError:
        return None
    cafile = _ssl.get_default_verify_paths()[1]
    match = re.match(r"@SECLEVEL=([0-5]):", getattr(_ssl, "_DEFAULT_CIPHERS", ""))
    open_ssl = _ssl.OPENSSL_VERSION.startswith("OpenSSL ")
    return Library(
        cafile.rpartition("/")[0] if cafile.startswith("/") else None,
        tuple(_ssl.OPENSSL_VERSION_INFO[:2]) if open_ssl else None,
        int(match.group(1)) if match else None,
    )


def _by_files(view):
    build = view.interpreter.build
    files = stdlib.extensions(view, build)
    try:
        linker = linker_of(view, view.interpreter.executable)
    except (OSError, elf.NotElf):
        return Library()
    if "_ssl" in files:
        own = [files["_ssl"]]
        file = linker.file(files["_ssl"])
        edges = linker.closure(files["_ssl"], file)[0] if file is not None else []
    elif build.builtin is None or "_ssl" in build.builtin:
        own, edges = onfile.programs(linker), linker.edges
    else:
        return None
    found = Library()
    for path in [edge.path for edge in edges if edge.path and _LIBRARY.match(edge.name)] + own:
        try:
            told = view.reduced(path, imprint)
        except OSError:
            continue
        found.directory = found.directory or told[0]
        found.release = found.release or told[1]
        found.level = found.level if found.level is not None else told[2]
    return found
