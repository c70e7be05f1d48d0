"""The migrations that the source holds, and which of them no other follows.

Sources: Alembic, "Tutorial" (revision, down_revision); Django, "Migrations" (dependencies, replaces).
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from parity.declared.facts import MigrationHead, Place
from parity.declared.source.rows import NAMES_LIMIT, Revision

_ALEMBIC = re.compile(r"[A-Za-z0-9_.-]{1,64}\Z")


def revision(tree: ast.Module, file: str) -> Iterator[Revision]:
    """The migration that a file is, if it is one."""
    *_, directory, base = ("", *file.rsplit("/", 2))
    values: dict[str, ast.expr] = {}
    for node in tree.body:
        match node:
            case ast.ClassDef(name="Migration", bases=[_, *_]) if directory == "migrations" and base != "__init__.py":
                yield _django(node, base.removesuffix(".py"))
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                values[name] = value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                values[name] = value
    if values.keys() >= {"revision", "down_revision"}:
        for name in _strings(values["revision"]):
            if _ALEMBIC.match(name):
                follows = tuple(_strings(values["down_revision"]))
                yield Revision("alembic", name, follows, (), values["revision"].lineno)


def heads(revisions: Iterable[tuple[str, Revision]]) -> Iterator[MigrationHead]:
    """The heads of the (file, migration) of all files, each chain by the directory that it stands in."""
    chains: dict[tuple[str, str], list[tuple[str, Revision]]] = defaultdict(list)
    for file, one in revisions:
        chains[one.tool, file.rpartition("/")[0]].append((file, one))
    for (tool, directory), members in sorted(chains.items()):
        app = directory.rpartition("/")[0].rpartition("/")[2]
        prefix = f"{app}." if tool == "django" else ""
        replaced = {name for _, one in members for name in one.replaces}
        followed = {name for _, one in members if prefix + one.name not in replaced for name in one.follows}
        for file, one in sorted(members):
            # A squashed migration stands for those that it replaces: who follows one of them follows it.
            ends = {prefix + one.name, *one.replaces}
            if prefix + one.name not in replaced and ends.isdisjoint(followed):
                yield MigrationHead(tool, prefix + one.name, Place(file, one.line))


def _django(node: ast.ClassDef, name: str) -> Revision:
    found: dict[str, tuple[str, ...]] = {}
    for statement in node.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="dependencies" | "replaces" as key)], value=value):
                found[key] = tuple(_pairs(value))
            case ast.AnnAssign(target=ast.Name(id="dependencies" | "replaces" as key), value=ast.expr() as value):
                found[key] = tuple(_pairs(value))
    return Revision("django", name, found.get("dependencies", ()), found.get("replaces", ()), node.lineno)


def _pairs(node: ast.expr) -> Iterator[str]:
    """("app", "name") of a literal list, as "app.name"."""
    for one in node.elts[:NAMES_LIMIT] if isinstance(node, ast.List | ast.Tuple) else ():
        parts = tuple(_strings(one))
        if len(parts) == 2:
            yield ".".join(parts)


def _strings(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            for one in elements:
                yield from _strings(one)
