"""What a failing line is made of: the modules that its names come from, and the literals that their values hold.

A name is followed through its assignments to where it was imported, and into another file of the program's own where
it comes from there: `client.get()` after `client = make(URL)` and `from shop.config import URL` is made of the module
of `make` and of what `URL` is in shop/config.py. By the syntax tree alone, whatever the order of the statements.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from parity.explain.sources import Source, dotted

STEPS = 5
"""Assignments that a name is followed through."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What a line is made of, the nearest first."""

    modules: tuple[str, ...] = ()
    """Dotted, of other code than the program's: "sqlalchemy.create_engine"."""
    strings: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    """What is imported from the program's own files: "shop.tariff.price"."""
    calls: tuple[str, ...] = ()
    """What is called for it: "client.get", ".json"."""


def flow(source: Source, line: int, sources: Mapping[str, Source], attribute: str = "") -> Flow:
    """What the statement at a line is made of; with an attribute, what stands before it there."""
    found = statement(source.tree, line)
    if found is None:
        return Flow()
    parts: list[ast.AST] = list(header(found))
    if attribute:
        walked = [node for part in parts for node in ast.walk(part)]
        parts = [node.value for node in walked if isinstance(node, ast.Attribute) and node.attr == attribute]
    strings = dict.fromkeys(text for part in parts for text in _texts(part))
    calls = dict.fromkeys(name for part in parts for name in _calls(part))
    modules: dict[str, None] = {}
    files: dict[str, None] = {}
    waiting = [(source, name) for part in parts for name in _names(part)]
    seen = {(held.file, name) for held, name in waiting}
    graphs: dict[str, _Graph] = {}
    for _ in range(STEPS):
        reached: list[tuple[Source, str]] = []
        for held, name in waiting:
            graph = graphs.setdefault(held.file, _Graph(held))
            strings.update(dict.fromkeys(graph.texts.get(name, ())))
            calls.update(dict.fromkeys(graph.calls.get(name, ())))
            reached += [(held, other) for other in graph.names.get(name, ())]
            own = own_source(held.aliases.get(name), sources)
            if own is not None:
                files[held.aliases[name]] = None
                last = held.aliases[name].rpartition(".")[2]
                reached += [(own, other) for other in (last, *graph.attributes.get(name, ()))]
            elif name in held.aliases:
                modules[held.aliases[name]] = None
        waiting = [one for one in dict.fromkeys(reached) if (one[0].file, one[1]) not in seen]
        seen.update((held.file, name) for held, name in waiting)
    return Flow(tuple(modules), tuple(strings), tuple(files), tuple(calls))


@dataclass(frozen=True)
class _Graph:
    """What the names of a file are made of, wherever in it they are."""

    source: Source

    @cached_property
    def _values(self) -> Mapping[str, tuple[ast.AST, ...]]:
        found: dict[str, list[ast.AST]] = {}
        for node in ast.walk(self.source.tree):
            for target, value in assigned(node):
                for name in _names(target):
                    found.setdefault(name, []).append(value)
        return {name: tuple(held) for name, held in found.items()}

    @cached_property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        return {key: tuple(name for one in held for name in _names(one)) for key, held in self._values.items()}

    @cached_property
    def texts(self) -> Mapping[str, tuple[str, ...]]:
        return {key: tuple(text for one in held for text in _texts(one)) for key, held in self._values.items()}

    @cached_property
    def calls(self) -> Mapping[str, tuple[str, ...]]:
        return {key: tuple(name for one in held for name in _calls(one)) for key, held in self._values.items()}

    @cached_property
    def attributes(self) -> Mapping[str, tuple[str, ...]]:
        """{name: what is asked of it}: URL of config.URL."""
        found: dict[str, dict[str, None]] = {}
        for node in ast.walk(self.source.tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found.setdefault(node.value.id, {})[node.attr] = None
        return {name: tuple(held) for name, held in found.items()}


def assigned(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """(target, value) of everything that gives a name a value."""
    if isinstance(node, ast.Assign):
        yield from ((target, node.value) for target in node.targets)
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr | ast.AugAssign) and node.value is not None:
        yield node.target, node.value
    elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        yield node.target, node.iter
    elif isinstance(node, ast.withitem) and node.optional_vars is not None:
        yield node.optional_vars, node.context_expr
    elif isinstance(node, ast.arg) and node.annotation is not None:
        yield ast.Name(node.arg), node.annotation
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        for inner in ast.walk(node):
            if isinstance(inner, ast.Return | ast.Yield) and inner.value is not None:
                yield ast.Name(node.name), inner.value
    elif isinstance(node, ast.ClassDef):
        yield from ((ast.Name(node.name), base) for base in node.bases)


def _names(node: ast.AST) -> Iterator[str]:
    """The names in an expression, and the attributes of what is the object's own: x of self.x."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and inner.id not in ("self", "cls"):
            yield inner.id
        elif (
            isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name) and inner.value.id in ("self", "cls")
        ):
            yield inner.attr


def _texts(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


def _calls(node: ast.AST) -> Iterator[str]:
    return (dotted(inner.func) for inner in ast.walk(node) if isinstance(inner, ast.Call))


def own_source(imported: str | None, sources: Mapping[str, Source]) -> Source | None:
    """The program's own file that something was imported from: shop.config or shop.config.URL, in any directory."""
    parts = imported.split(".") if imported else []
    for count in (len(parts), len(parts) - 1):
        path = "/".join(parts[:count])
        for file, source in sources.items() if path else ():
            stem = file.removesuffix(".py").removesuffix("/__init__")
            if stem == path or stem.endswith("/" + path):
                return source
    return None


def statement(tree: ast.Module, line: int) -> ast.stmt | None:
    """The innermost statement that holds a line."""
    held = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and _begins(node) <= line <= (node.end_lineno or node.lineno)
    ]
    return min(held, key=lambda node: (node.end_lineno or node.lineno) - node.lineno, default=None)


def _begins(statement: ast.stmt) -> int:
    """The line of its first decorator, or its own."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(one.lineno for one in decorators)])


def header(statement: ast.stmt) -> Iterator[ast.AST]:
    """A statement without the statements below it."""
    return (node for node in ast.iter_child_nodes(statement) if not isinstance(node, ast.stmt | ast.ExceptHandler))
