"""`parity/probe/` as one script: what runs in a target, and what `parity probe` prints."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.abc import Traversable

_HEAD = """\
# The parity probe, version {version}: reads an environment and prints what it saw as JSON.
#
# Read-only. It writes no file, imports and runs nothing of the application, opens no connection, and
# records names of variables, never their values. Asked for by name (--database-through target), and then
# alone, a child asks the program's database in one read-only transaction, through the program's driver.
# By hand, where the program runs:
#
#     python3 - < probe.py > production.json
#
# This head keeps to syntax that every Python reads, so that an old one can say that it is too old.
import sys

if sys.version_info < (3, 8):
    sys.stderr.write("parity-probe: unsupported Python %d.%d, the probe needs 3.8 or later\\n" % sys.version_info[:2])
    sys.exit(79)

MODULES = {{}}
"""

_TAIL = """
exec(compile(MODULES["parity.probe.loader"], "parity.probe.loader", "exec"))
"""

_LEFT_OUT = frozenset({"__init__.py", "__main__.py"})

UNSUPPORTED_PYTHON = 79
"""The exit status of the script under a Python that it does not support."""


@lru_cache(maxsize=1)
def script() -> str:
    """The whole probe as one ASCII Python script."""
    from parity import __version__

    parts = [_HEAD.format(version=__version__)]
    parts += [f"\nMODULES[{name!r}] = r'''{source}'''\n" for name, source in modules()]
    return "".join(parts) + _TAIL


def modules() -> Iterator[tuple[str, str]]:
    """(module name, source) of every file of the probe, in a stable order."""
    yield from _walk(files("parity") / "probe", "parity.probe")


def _walk(directory: Traversable, package: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(directory.iterdir(), key=lambda one: one.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _walk(entry, f"{package}.{entry.name}")
        elif entry.name.endswith(".py") and entry.name not in _LEFT_OUT:
            yield f"{package}.{entry.name.removesuffix('.py')}", entry.read_text("utf-8")
