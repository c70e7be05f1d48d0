"""setup.py: the literals that it hands to `setup()`, by its syntax tree alone. It is never run.

A name that stands for a literal list of the same file is followed; what is computed is a fault that says so.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

from parity.declared.dependencies import groups
from parity.declared.dependencies.requirement import HIDES, facts
from parity.declared.dependencies.requirement import read as read_requirement
from parity.declared.facts import Dependency, Facts, Fault, Place, PythonVersion

LONGEST = 64 << 10
"""Characters of a file that is parsed. A tree that is nested deeply enough ends an interpreter (CPython 3.10: a name
with 120,000 attributes), and nobody writes a longer one."""
_DEEPEST = 32
"""Names and sums of lists that are followed into one another."""


def read(text: str, name: str) -> Facts:
    """Everything that the file says about dependencies and Python."""
    if len(text) > LONGEST:
        return Facts(faults=(Fault(f"{name}: longer than {LONGEST:,} characters, not read", HIDES),))
    try:
        with warnings.catch_warnings():
            # An escape that a string does not know is a warning of the compiler, and nothing to a reader.
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None)
        return Facts(faults=(Fault(f"{name}: no Python{f' at line {line}' if line else ''}", HIDES),))
    reading = _Reading(name, tree)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if "setup" in (getattr(call.func, "id", None), getattr(call.func, "attr", None)):
            reading.setup(call)
    return facts(reading.stated, reading.pythons)


class _Reading:
    def __init__(self, name: str, tree: ast.Module) -> None:
        self.name = name
        self.stated: list[Dependency | Fault] = []
        self.pythons: list[PythonVersion] = []
        self.names = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }

    def setup(self, call: ast.Call) -> None:
        for keyword in call.keywords:
            value = self.followed(keyword.value)
            if keyword.arg == "python_requires":
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    at = Place(self.name, value.lineno)
                    self.pythons.append(PythonVersion(value.value, at, specifier=value.value))
            elif keyword.arg == "install_requires":
                self.requirements(value, groups.MAIN)
            elif keyword.arg == "extras_require":
                for extra, entries in self.table(value):
                    self.requirements(self.followed(entries), groups.of_extra(extra))

    def followed(self, value: ast.expr) -> ast.expr:
        return self.names.get(value.id, value) if isinstance(value, ast.Name) else value

    def table(self, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
        if not isinstance(value, ast.Dict):
            self.computed(value)
            return
        for key, entries in zip(value.keys, value.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, entries
            else:
                self.computed(value)

    def requirements(self, value: ast.expr, group: str, depth: int = 0) -> None:
        if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add) and depth < _DEEPEST:
            self.requirements(self.followed(value.left), group, depth + 1)
            self.requirements(self.followed(value.right), group, depth + 1)
        elif isinstance(value, ast.List | ast.Tuple | ast.Set):
            for entry in value.elts:
                self.literal(entry, group)
        else:
            # One string may hold several, a line each.
            self.literal(value, group)

    def literal(self, entry: ast.expr, group: str) -> None:
        if not (isinstance(entry, ast.Constant) and isinstance(entry.value, str)):
            self.computed(entry)
            return
        at = Place(self.name, entry.lineno)
        for line in filter(None, map(str.strip, entry.value.splitlines())):
            self.stated.append(read_requirement(line, at, groups=(group,)))

    def computed(self, value: ast.expr) -> None:
        fault = Fault(f"{Place(self.name, value.lineno)}: computed when it is built, and not followed here", HIDES)
        if fault not in self.stated:
            self.stated.append(fault)
