"""The Python that serves: its version, the modules of its build, the flags that it runs with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.fix import tools
from parity.fix.context import Context
from parity.fix.deployment import constant, rebuilt, there
from parity.fix.model import Command, Edit, Remedy
from parity.fix.remedies.installs import installed
from parity.fix.system import manager
from parity.fix.words import path, version
from parity.policy.model import Finding

TITLE = "another Python, a module that its build lacks, a flag"

_VARIABLES = {
    "utf8_mode": "PYTHONUTF8",
    "optimize": "PYTHONOPTIMIZE",
    "dev_mode": "PYTHONDEVMODE",
    "unbuffered": "PYTHONUNBUFFERED",
    "dont_write_bytecode": "PYTHONDONTWRITEBYTECODE",
    "safe_path": "PYTHONSAFEPATH",
}
_MODULES = {
    # The module: (apt, apk, dnf); for a Python of the distribution's own.
    "tkinter": ("python3-tk", "python3-tkinter", "python3-tkinter"),
    "venv": ("python3-venv", "python3", "python3"),
    "ensurepip": ("python3-venv", "py3-pip", "python3-pip"),
    "dbm.gnu": ("python3-gdbm", "python3-gdbm", "python3-gdbm"),
    "lib2to3": ("python3-lib2to3", "python3", "python3-libs"),
    "curses": ("libpython3-stdlib", "python3", "python3-libs"),
}
_HEADERS = {
    "lzma": ("liblzma-dev", "xz-dev", "xz-devel"),
    "bz2": ("libbz2-dev", "bzip2-dev", "bzip2-devel"),
    "sqlite3": ("libsqlite3-dev", "sqlite-dev", "sqlite-devel"),
    "ssl": ("libssl-dev", "openssl-dev", "openssl-devel"),
    "hashlib": ("libssl-dev", "openssl-dev", "openssl-devel"),
    "ctypes": ("libffi-dev", "libffi-dev", "libffi-devel"),
    "readline": ("libreadline-dev", "readline-dev", "readline-devel"),
    "zlib": ("zlib1g-dev", "zlib-dev", "zlib-devel"),
    "curses": ("libncurses-dev", "ncurses-dev", "ncurses-devel"),
    "uuid": ("uuid-dev", "util-linux-dev", "libuuid-devel"),
    "tkinter": ("tk-dev", "tk-dev", "tk-devel"),
    "dbm.ndbm": ("libgdbm-compat-dev", "gdbm-dev", "gdbm-devel"),
}
"""What has to be there before Python is built, for a module of its build."""

_REMOVED = {"distutils": "setuptools", "imp": "zombie-imp", "asyncore": "pyasyncore", "asynchat": "pyasynchat"}
_ADDED = {"cgi": "legacy-cgi", "telnetlib": "standard-telnetlib", "crypt": "legacycrypt", "imghdr": "standard-imghdr"}
"""Modules that a release took out, and the distribution that brings them back."""


def remedy(finding: Finding, context: Context) -> Iterator[Remedy]:
    """One fact of the interpreter made what it is on the other side."""
    if finding.section != "python":
        return
    rule = finding.id.partition(".")[2]
    if finding.key == "version" or rule in ("requires", "version-minor", "version-patch", "none"):
        wanted = context.wanted(context.side(finding), "python", "version")
        if isinstance(wanted, str):
            yield _version(version(wanted), finding, context)
    elif finding.key.startswith("stdlib.") and rule == "module-missing":
        yield from _module(finding.key.removeprefix("stdlib."), context)
    elif finding.key.startswith("flags."):
        yield from _flag(finding.key.removeprefix("flags."), context, finding)


def _version(wanted: str, finding: Finding, context: Context) -> Remedy:
    minor = ".".join(wanted.split(".")[:2])
    if context.side(finding) == "local":
        return Remedy(
            f"run it on Python {minor} locally",
            "local",
            tuple(_here(minor, wanted, context)),
            tuple(_pinned(minor, context)),
        )
    edits = list(_pinned(minor, context))
    if context.dockerfile is not None and re.match(r"(?:[\w./-]+/)?python:", context.dockerfile.base):
        image = re.sub(r"python:\d+(?:\.\d+)*(?:rc\d+|[ab]\d+)?", f"python:{minor}", context.dockerfile.base)
        edit = context.dockerfile.based_on(image)
        edits += [edit] if edit is not None else []
    title, commands = f"run it on Python {minor} in production", tuple(rebuilt(context))
    notes: tuple[str, ...] = ()
    if context.dockerfile is not None:
        if not edits:
            named = f"{context.repository.dockerfile} names no image of Python"
            notes = (f"{named}: base it on python:{minor}-slim, or install {minor} there",)
    elif context.sides.production.target.kind in _OF_IMAGES:
        notes = (f"base the image on python:{minor}, and make production from it again",)
    else:
        beside = _beside(minor, context)
        made = f"python{minor} -m venv {beside}"
        if context.repository.tool == "uv":
            made = f"uv venv --python {minor} {beside}"
        commands = (
            Command(there(context, made), f"makes a new environment; Python {minor} is to be there", "production"),
        )
        instead = f"{beside}/bin/python in the place of {context.python('production')}"
        notes = (
            f"a new environment is empty: install what is locked into {beside}, and start production with {instead}",
        )
    return Remedy(title, "production", commands, tuple(edits), notes=notes)


_OF_IMAGES = frozenset({"docker", "compose", "kubernetes", "image", "oci"})
"""Kinds of targets whose Python is their image's."""


def _beside(minor: str, context: Context) -> str:
    """Where another environment of production is made: beside the one there is, which stays as it is."""
    prefix, base = (context.has("production", "python", key) for key in ("prefix", "base_prefix"))
    if isinstance(prefix, str) and prefix not in (base, "/usr", "/usr/local", "/"):
        return f"{path(prefix)}-{minor}"
    return f"/opt/venv-{minor}"


def _here(minor: str, wanted: str, context: Context) -> Iterator[Command]:
    if context.repository.tool == "uv":
        yield Command(f"uv python pin {minor}", "installs it with the next command, and remembers it", "repository")
        yield tools.sync(context.repository)
    elif context.repository.tool == "poetry":
        yield Command(f"pyenv install --skip-existing {wanted}", "installs it", "local")
        yield Command(f"poetry env use {minor} && poetry sync", "makes the environment anew", "repository")
    elif context.repository.tool == "pipenv":
        yield Command(f"pipenv --python {minor} && pipenv sync", "makes the environment anew", "repository")
    else:
        yield Command(f"pyenv install --skip-existing {wanted} && pyenv local {wanted}", "installs it", "local")
        yield Command("python -m venv --clear .venv", "empties .venv, and makes it anew", "repository")
        yield tools.sync(context.repository)


def _pinned(minor: str, context: Context) -> Iterator[Edit]:
    text = context.repository.texts.get(".python-version")
    if text is not None and text.strip() and text.count("\n") <= 1:
        yield Edit(".python-version", 1, 1, (minor,))


def _module(name: str, context: Context) -> Iterator[Remedy]:
    brought = _REMOVED.get(name) or _ADDED.get(name)
    if brought is not None:
        build = tuple(rebuilt(context))
        note = f"newer releases of Python do not have {name}: what imports it is to move away from it"
        commands = (tools.add(context.repository, brought), *build)
        yield Remedy(
            f"install {brought}, which brings {name} back", "production", commands, constraints=(), notes=(note,)
        )
        return
    kind = manager(context, "production")
    place = ("apt", "apk", "dnf").index(kind)
    own = context.has("production", "python", "base_prefix") == "/usr"
    if own and name in _MODULES:
        yield installed(context, "production", _MODULES[name][place])
    elif name in _HEADERS:
        text = there(context, "pyenv install --force VERSION")
        again = Command(text, "builds Python again, now with the module", "production")
        one = installed(context, "production", _HEADERS[name][place], "it has to be there before Python is built")
        yield Remedy(one.title, one.side, (*one.commands, again), one.edits, notes=one.notes)


def _flag(flag: str, context: Context, finding: Finding) -> Iterator[Remedy]:
    name = _VARIABLES.get(flag)
    if name is None:
        return
    side = context.side(finding)
    wanted = context.wanted(side, "python", finding.key)
    on = wanted not in (False, 0, None)
    value = "" if not on else str(int(wanted)) if isinstance(wanted, int) else "1"
    if flag == "utf8_mode" and not on:
        value = "0"
    if side == "local":
        text = f"export {name}={value}" if value else f"unset {name}"
        yield Remedy(
            f"run it locally {'with' if on else 'without'} {name}", "local", (Command(text, "for this shell", "local"),)
        )
        return
    edits, commands = constant(context, name, value)
    note = (
        "where it is a flag of the command (-O, -X utf8), take it out there: a variable does not undo it"
        if not on
        else ""
    )
    title = f"set {name}={value} in production" if value else f"set {name} to nothing in production, which is not set"
    yield Remedy(title, "production", tuple(commands), tuple(edits), notes=(note,) if note else ())
