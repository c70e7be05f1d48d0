"""The operating system: distribution, kernel, architecture and C library.

    system             "Linux", "Darwin"
    distribution       id and version: "debian 12"; a distribution without a version, its code name or nothing
    distribution_name  as it calls itself
    kernel             release of the running kernel, which is the host's in a container
    architecture       of the interpreter's own file, in the words of `uname -m`
    libc               "glibc" or "musl", by the dynamic linker that the interpreter asks for
    libc_version       from the C library's own file: nothing is run

Floor: Python 3.8, standard library only.
"""

import os
import re

from parity.probe.kit import Section, why
from parity.probe.libraries import elf

TITLE = "Platform"
WHY = "a wheel built for another C library or architecture does not load"
COMPARED = {
    "system": "exact",
    "distribution": "exact",
    "kernel": "version",
    "architecture": "exact",
    "libc": "exact",
    "libc_version": "version",
}
SEVERITY = {"missing": "info", "changed": "info", "extra": "info"}
READS = ("/etc/os-release", "/usr/lib/os-release", "*/ld-musl-*.so.1", "*/libc.so", "*/libc.so.6", "*/libc-2.*.so")
REDUCES = tuple(
    (pattern, elf.parse)
    for pattern in ("*/bin/python*", "*/bin/pypy*", "*/ld-*.so", "*/ld-*.so.[0-9]", "*/ld64.so.[0-9]")
)

LIBC_LIMIT = 16 << 20
_LOADER = re.compile(r"ld-musl-[a-z0-9_]+\.so\.1\Z|ld-linux[a-z0-9_-]*\.so\.[0-9]\Z|ld64\.so\.[0-9]\Z")
_WORD = re.compile(r"^[A-Za-z0-9._+~-]{1,40}$")
_LINE = re.compile(r"""^([A-Z_]+)=(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S*))\s*$""", re.MULTILINE)
_BANNER = re.compile(rb"GNU C Library [^\n]{0,200}?release version ([0-9]+\.[0-9]+(?:\.[0-9]+)?)")
_MUSL_VERSION = re.compile(rb"\0([0-9]+\.[0-9]+\.[0-9]+)(?:-git[0-9a-z-]*)?\0")


def collect(view):
    section = Section()
    items = section.items
    if view.live or (view.process is not None and view.process.runs):
        system = os.uname()
        items["system"], items["kernel"], items["architecture"] = system.sysname, system.release, system.machine
    else:
        items["system"] = "Linux"
        section.hide("kernel", "a kernel is known only of what runs")
    if items["system"] != "Linux":
        return section
    _distribution(view, section)
    _library(view, section)
    return section


def _distribution(view, section):
    for path in ("/etc/os-release", "/usr/lib/os-release"):
        try:
            fields = parse(view.text(path, 1 << 16))
        except FileNotFoundError:
            continue
        except OSError as error:
            section.hide("distribution*", "os-release: " + why(error))
            return
        name = fields.get("ID", "")
        version = fields.get("VERSION_ID") or fields.get("VERSION_CODENAME", "")
        words = [name if _WORD.match(name) else "linux", version if _WORD.match(version) else ""]
        section.items["distribution"] = " ".join(words).strip()
        name = fields.get("PRETTY_NAME", "")
        if 0 < len(name) <= 80 and name.isprintable():
            section.items["distribution_name"] = name
        return
    section.note("no os-release: a distribution of its own making")


def parse(text):
    """{NAME: value} of an os-release file, quotes undone as a shell would (os-release(5))."""
    fields = {}
    for name, double, single, bare in _LINE.findall(text):
        fields[name] = re.sub(r"\\(.)", r"\1", double) or single or bare
    return fields


def _library(view, section):
    interpreter = view.interpreter
    if interpreter is None and not view.live:
        path = _loader(view)
    else:
        path = None if interpreter is None or interpreter.foreign else view.real(interpreter.executable)
    if path is None:
        section.hide("libc*", "no interpreter that the probe could look at")
        return
    try:
        program = elf.read(view, path)
    except (OSError, elf.NotElf):
        section.hide("libc*", "the interpreter's file cannot be read as ELF")
        return
    if program.machine:
        section.items["architecture"] = program.machine
    loader = program.interpreter if interpreter is not None else path
    if loader is None:
        section.note("the interpreter is linked statically: it has no C library of its own, and loads no module")
        return
    musl = os.path.basename(loader).startswith("ld-musl-")
    section.items["libc"] = "musl" if musl else "glibc"
    version = _musl(view, loader) if musl else _glibc(view, loader)
    if version:
        section.items["libc_version"] = version
    else:
        section.hide("libc_version", "the C library's file does not tell its version")


def _loader(view):
    """The one dynamic linker that stands in its usual place, for whatever else is there; None: several, or none."""
    found = {}
    for directory in ("/lib", "/lib64"):
        try:
            names = [name for name in view.names(directory) if _LOADER.match(name)]
        except OSError:
            continue
        found.update({view.real(directory + "/" + name): directory + "/" + name for name in names})
    return next(iter(found.values())) if len(found) == 1 else None


def _musl(view, loader):
    """musl is one file, the loader, and `--version` prints a string that stands by itself in it."""
    try:
        found = _MUSL_VERSION.findall(view.read(loader, LIBC_LIMIT, follow=True))
    except OSError:
        return None
    return found[0].decode("ascii") if len(found) == 1 else None


def _glibc(view, loader):
    """glibc's banner, in the libc.so.6 that stands beside the loader."""
    for path in (view.real(loader), loader):
        try:
            library = view.read(os.path.join(os.path.dirname(path), "libc.so.6"), LIBC_LIMIT, follow=True)
        except OSError:
            continue
        found = _BANNER.search(library)
        if found:
            return found.group(1).decode("ascii")
    return None
