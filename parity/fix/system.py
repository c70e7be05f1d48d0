"""The package manager of a side's distribution, and what it calls things."""

from __future__ import annotations

import re
from shlex import join

from parity.fix.context import Context
from parity.fix.model import Side
from parity.fix.words import Refused, system_package

_APT = "apt-get update && apt-get install --yes --no-install-recommends {names} && rm -rf /var/lib/apt/lists/*"
_COMMANDS = {
    "apt": _APT,
    "apk": "apk add --no-cache {names}",
    "dnf": "dnf install --assumeyes {names} && dnf clean all",
}
_MANAGERS = {
    **dict.fromkeys(("debian", "ubuntu", "raspbian", "linuxmint", "kali"), "apt"),
    **dict.fromkeys(("alpine", "wolfi", "chainguard"), "apk"),
    **dict.fromkeys(("fedora", "rhel", "centos", "rocky", "almalinux", "amzn", "ol"), "dnf"),
}
_SONAME = re.compile(r"(lib[A-Za-z0-9_+.-]*?|[A-Za-z0-9_+.-]+?)\.so(?:\.([0-9][0-9.]*))?")

_PROGRAMS = {
    # The program: (apt, apk, dnf), where the package is not called as the program is.
    "node": ("nodejs", "nodejs", "nodejs"),
    "psql": ("postgresql-client", "postgresql-client", "postgresql"),
    "pg_dump": ("postgresql-client", "postgresql-client", "postgresql"),
    "convert": ("imagemagick", "imagemagick", "ImageMagick"),
    "magick": ("imagemagick", "imagemagick", "ImageMagick"),
    "ffprobe": ("ffmpeg", "ffmpeg", "ffmpeg"),
    "pdftotext": ("poppler-utils", "poppler-utils", "poppler-utils"),
    "pdftoppm": ("poppler-utils", "poppler-utils", "poppler-utils"),
    "gs": ("ghostscript", "ghostscript", "ghostscript"),
    "soffice": ("libreoffice-core", "libreoffice", "libreoffice-core"),
    "tesseract": ("tesseract-ocr", "tesseract-ocr", "tesseract"),
    "dot": ("graphviz", "graphviz", "graphviz"),
    "xz": ("xz-utils", "xz", "xz"),
    "ping": ("iputils-ping", "iputils-ping", "iputils"),
    "ip": ("iproute2", "iproute2", "iproute"),
    "ps": ("procps", "procps-ng", "procps-ng"),
    "dig": ("dnsutils", "bind-tools", "bind-utils"),
    "nc": ("netcat-openbsd", "netcat-openbsd", "nmap-ncat"),
    "ssh": ("openssh-client", "openssh-client", "openssh-clients"),
    "scp": ("openssh-client", "openssh-client", "openssh-clients"),
    "gpg": ("gnupg", "gnupg", "gnupg2"),
    "mysql": ("default-mysql-client", "mysql-client", "mysql"),
    "redis-cli": ("redis-tools", "redis", "redis"),
    "sqlite3": ("sqlite3", "sqlite", "sqlite"),
    "msgfmt": ("gettext", "gettext", "gettext"),
    "gcc": ("gcc", "gcc", "gcc"),
    "java": ("default-jre-headless", "openjdk17-jre-headless", "java-17-openjdk-headless"),
    "exiftool": ("libimage-exiftool-perl", "exiftool", "perl-Image-ExifTool"),
    "mogrify": ("imagemagick", "imagemagick", "ImageMagick"),
    "rsvg-convert": ("librsvg2-bin", "rsvg-convert", "librsvg2-tools"),
    "fc-list": ("fontconfig", "fontconfig", "fontconfig"),
    "7z": ("p7zip-full", "p7zip", "p7zip"),
}
_ORDER = ("apt", "apk", "dnf")


def manager(context: Context, side: Side) -> str:
    """ "apt", "apk" or "dnf". Raises Refused where the distribution is not known to have one of them."""
    said = context.has(side, "platform", "distribution")
    found = _MANAGERS.get(said.partition(" ")[0]) if isinstance(said, str) else None
    if found is None:
        kinds = {"debian": "apt", "apk": "apk", "rpm": "dnf"}
        for item in context.items(side, "system_packages").values():
            kind = item.get("manager") if not isinstance(item, str | int | float | bool | None) else None
            if isinstance(kind, str) and kind in kinds:
                return kinds[kind]
        raise Refused("the distribution is not known, and with it the package manager")
    return found


def install(kind: str, *names: str) -> str:
    """One line of a shell that installs packages as root."""
    return _COMMANDS[kind].format(names=join(names))


def program(kind: str, name: str) -> str:
    """The package that a program comes with."""
    named = _PROGRAMS.get(name)
    return system_package(named[_ORDER.index(kind)] if named else name.lower())


def library(context: Context, kind: str, soname: str) -> tuple[str, bool]:
    """(the package that a shared library comes with, whether one side has a package of that name).

    apk and dnf install by what a package provides. Debian's packages are named after the soname (Debian Policy 8.1).
    """
    match = _SONAME.fullmatch(soname)
    if match is None:
        raise Refused(f"{soname[:80]!r} is no name of a shared library, and goes into no command")
    if kind == "apk":
        return f"so:{soname}", True
    if kind == "dnf":
        return f"{soname}()(64bit)", True
    stem, version = match[1].lower().replace("_", "-"), match[2] or ""
    name = f"{stem}-{version}" if version and stem[-1:].isdigit() else f"{stem}{version}"
    name = system_package(name)
    known = {key.partition(":")[0] for side in (0, 1) for key in context.sides.items("system_packages")[side]}
    return next(((one, True) for one in (name, f"{name}t64", f"{name}v5") if one in known), (name, False))
