"""The migrations that the source holds, and which of them no other follows.

Sources: Alembic, "Tutorial" (revision, down_revision); Django, "Migrations" (dependencies, replaces); Flyway,
"Versioned Migrations" (the names of files); yoyo-migrations, "Migration dependencies" (__depends__).
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from parity.declared.facts import Migration, MigrationHead, Place
from parity.declared.source.rows import NAMES_LIMIT, Revision

_ALEMBIC = re.compile(r"[A-Za-z0-9_.-]{1,64}\Z")
_FLYWAY = re.compile(r"V(\d+(?:[._]\d+)*)__[^/]*\.sql\Z")


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
    if "__depends__" in values and _imports(tree, "yoyo"):
        yield Revision("yoyo", base.removesuffix(".py"), tuple(_strings(values["__depends__"])), (), 1)
    if values.keys() >= {"revision", "down_revision"}:
        for name in _strings(values["revision"]):
            if _ALEMBIC.match(name):
                follows = tuple(_strings(values["down_revision"]))
                yield Revision("alembic", name, follows, (), values["revision"].lineno)


def of_paths(paths: Iterable[str]) -> list[tuple[str, Revision]]:
    """The (file, migration) of those that are told by the names of their files: each follows the number below it."""
    numbered: dict[str, dict[tuple[int, ...], tuple[str, str]]] = defaultdict(dict)
    for path in paths:
        directory, _, base = path.rpartition("/")
        found = _FLYWAY.match(base)
        if found is not None:
            version = found[1].replace("_", ".")
            numbered[directory][tuple(map(int, version.split(".")))] = path, version
    rows: list[tuple[str, Revision]] = []
    for chain in numbered.values():
        before: tuple[str, ...] = ()
        for _, (path, version) in sorted(chain.items()):
            rows.append((path, Revision("flyway", version, before, (), 1)))
            before = (version,)
    return rows


def every(revisions: Iterable[tuple[str, Revision]]) -> Iterator[Migration]:
    """Each of the (file, migration), what it follows and replaces within its own chain alone."""
    for file, one in sorted(revisions):
        app = _app(file) if one.tool == "django" else ""
        prefix = f"{app}." if app else ""
        follows, replaces = (
            tuple(name.removeprefix(prefix) for name in names if name.startswith(prefix))
            for names in (one.follows, one.replaces)
        )
        yield Migration(one.tool, one.name, Place(file, one.line), app, follows, replaces)


def _app(file: str) -> str:
    return file.rpartition("/")[0].rpartition("/")[0].rpartition("/")[2]


def heads(revisions: Iterable[tuple[str, Revision]]) -> Iterator[MigrationHead]:
    """The heads of the (file, migration) of all files, each chain by the directory that it stands in."""
    chains: dict[tuple[str, str], list[tuple[str, Revision]]] = defaultdict(list)
    for file, one in revisions:
        chains[one.tool, file.rpartition("/")[0]].append((file, one))
    for (tool, directory), members in sorted(chains.items()):
        prefix = f"{_app(f'{directory}/')}." if tool == "django" else ""
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


def _imports(tree: ast.Module, name: str) -> bool:
    return any(
        (isinstance(node, ast.ImportFrom) and node.module == name)
        or (isinstance(node, ast.Import) and any(one.name == name for one in node.names))
        for node in tree.body
    )


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
        case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
            for one in elements:
                yield from _strings(one)
