"""The version of a program that somebody asked for by name.

Floor: Python 3.8, standard library only.
"""

import re

MOST_OUTPUT = 4096
_VERSION = re.compile(rb"(?<![0-9A-Za-z.])v?([0-9]{1,6}(?:\.[0-9]{1,8}){1,3}(?:[a-z]{1,3}[0-9]{0,4})?)(?![0-9.])")

_PACKAGES = {
    "dot": ("graphviz",),
    "ffprobe": ("ffmpeg",),
    "gs": ("ghostscript",),
    "java": ("default-jre-headless", "default-jre"),
    "node": ("nodejs",),
    "pdfinfo": ("poppler-utils",),
    "pdftocairo": ("poppler-utils",),
    "pdftoppm": ("poppler-utils",),
    "pdftotext": ("poppler-utils",),
    "psql": ("postgresql-client-common",),
    "tesseract": ("tesseract-ocr", "tesseract"),
}
"""{program: packages that it is in, where they are called otherwise}."""


def packaged(view, name):
    """The upstream version of the operating system's package with that program, or None."""
    from parity.probe.kit import Section
    from parity.probe.system_packages import apk, dpkg, rpm

    for database in (dpkg, apk, rpm):
        versions = {package.name: package.version for package in database.read(view, Section()) or ()}
        for package in _PACKAGES.get(name, (name,)):
            match = _VERSION.search(versions.get(package, "").rpartition(":")[2].encode("ascii", "replace"))
            if match:
                return match.group(1).decode("ascii")
    return None


def told(path, seconds, user=None):
    """The first version in what `path --version` prints within `seconds`, or None.

    user   (uid, gid, [group, ...]) that it runs as, None for the probe's own
    """
    import os

    from parity.probe import outside

    environ = {"PATH": os.environ.get("PATH", os.defpath), "HOME": "/nonexistent", "LC_ALL": "C"}
    try:
        ended = outside.run([path, "--version"], environ, seconds, MOST_OUTPUT, errors=True, user=user)
    except OSError:
        return None
    match = _VERSION.search(ended.out)
    return match.group(1).decode("ascii") if match else None
