"""The script that stands at the door: one file of the standard library, the same for the same policy."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pprint import pformat

from parity.door.demands import Demands
from parity.text import safe

_HEAD = """\
#!/usr/bin/env python3
# What must be so before the program starts, as {origin} has it. Made by parity {version}: parity require --emit
#
#     python3 THIS                      check: silent, or a line for each failure and exit status 1
#     python3 THIS -v                   the same, with a word when all holds
#     python3 THIS -- COMMAND ARGS...   check, and become that command: for an entrypoint
#
# Run it with the program's own Python, as the program's user, in its environment. It needs nothing but the standard
# library, writes nothing, and shows no variable's value. Names and bounds are all that it is made of:
import sys

DEMANDS = {demands}

if sys.version_info < (3, 8):
    sys.stderr.write("parity require: unsupported Python %d.%d, this needs 3.8 or later\\n" % sys.version_info[:2])
    sys.exit(1)

MODULES = {{}}
"""

_TAIL = """
# What the program imports from, without the directory that this file, or whoever started it, is in.
PATH = sys.path[:] if sys.flags.isolated or getattr(sys.flags, "safe_path", False) else sys.path[1:]
LOADER = {"__name__": "parity.probe.loader"}
exec(compile(MODULES["parity.probe.loader"], "parity.probe.loader", "exec"), LOADER)
LOADER["standard_library_only"]()
sys.meta_path.insert(0, LOADER["Bundle"](MODULES))
from parity.door.inside import program

sys.exit(program.main(sys.argv[1:], DEMANDS, PATH))
"""

_CHECKS = "parity.door.inside.checks."
_ALWAYS = ("parity.probe.loader",)


def script(demands: Demands, origin: str) -> str:
    """The whole script, ASCII. `origin` is the policy's file as it is shown."""
    from parity import __version__

    parts = [_HEAD.format(origin=_ascii(safe(origin)), version=__version__, demands=_data(demands))]
    parts += [f"\nMODULES[{name!r}] = r'''{source}'''\n" for name, source in sorted(_modules(demands))]
    return "".join(parts) + _TAIL


def _data(demands: Demands) -> str:
    """The literal, a check a line, and what is longer lined up below."""
    lines = []
    for name, asked in demands.items():
        head = f"    {name!r}: "
        lines.append(head + pformat(asked, width=100, sort_dicts=False).replace("\n", "\n" + " " * len(head)))
    return _ascii("{\n" + ",\n".join(lines) + ",\n}")


def _ascii(text: str) -> str:
    return text.encode("ascii", "backslashreplace").decode("ascii")


def _modules(demands: Demands) -> Iterator[tuple[str, str]]:
    """(module name, source) of what runs for these demands, and of nothing else."""
    from importlib import import_module

    wanted = set(_ALWAYS)
    for name in demands:
        wanted.update(import_module(_CHECKS + name).NEEDS)
    unasked = tuple(_CHECKS + name for name in _checks() if name not in demands)
    yield from (one for one in _sources("parity.door.inside") if one[0] not in unasked)
    for name in wanted:
        yield from _sources(name)


def _checks() -> list[str]:
    return [name.rpartition(".")[2] for name, _ in _sources(_CHECKS.rstrip("."))]


def _sources(name: str) -> Iterator[tuple[str, str]]:
    """(name, source) of a module, or of every module of a package."""
    *package, last = name.split(".")[1:]
    place = files("parity")
    for part in package:
        place /= part
    file = place / f"{last}.py"
    if file.is_file():
        yield name, file.read_text("utf-8")
        return
    for entry in (place / last).iterdir():
        if entry.name not in ("__init__.py", "__pycache__"):
            yield from _sources(f"{name}.{entry.name.removesuffix('.py')}")
