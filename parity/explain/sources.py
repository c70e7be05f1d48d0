"""What the program's own code does on the failing path, by its syntax tree; nothing is run.

The command reads the files that the log's frames name, bounded, and hands over their text: here it is only parsed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from parity.explain.model import Frame

LINES_AROUND = 3
"""A frame's line may be the last of a statement that began before it."""


@dataclass(frozen=True, slots=True)
class Call:
    """One thing that is called: "os.cpu_count", "open", "datetime.fromisoformat"."""

    name: str
    file: str
    line: int
    literals: tuple[str, ...] = ()
    """Its literal string arguments."""


@dataclass(frozen=True)
class Source:
    """One file of the program."""

    file: str
    """Relative to the repository: "shop/mail.py"."""
    tree: ast.Module
    text: str = ""

    def line(self, number: int) -> str:
        """One line without its indent, numbered from 1; "" beyond the last."""
        lines = self._lines
        return lines[number - 1].strip() if 0 < number <= len(lines) else ""

    @cached_property
    def _lines(self) -> tuple[str, ...]:
        return tuple(self.text.split("\n"))

    def calls(self, function: str | None = None, line: int | None = None) -> Iterator[Call]:
        """Every call, or those of the function that holds a line (its body alone where no line is given)."""
        scope: ast.AST = self.tree
        if function is not None:
            scope = enclosing(self.tree, function, line) or self.tree
        for node in ast.walk(scope):
            if isinstance(node, ast.Call):
                name = dotted(node.func)
                if name:
                    literals = tuple(one.value for one in node.args if _is_text(one))  # type: ignore[attr-defined]
                    yield Call(name, self.file, node.lineno, literals)

    def strings(self, function: str | None = None, line: int | None = None) -> frozenset[str]:
        """Every literal string, or those of the function that holds a line."""
        scope: ast.AST = self.tree
        if function is not None:
            scope = enclosing(self.tree, function, line) or self.tree
        return frozenset(node.value for node in ast.walk(scope) if _is_text(node))  # type: ignore[attr-defined]

    def imports(self) -> Iterator[tuple[str, int]]:
        """(dotted module, line) of every import; `from a import b` gives a and a.b."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module, node.lineno
                yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """{name in the file: what was imported by it, dotted}."""
        found: dict[str, str] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    found[alias.asname or alias.name.partition(".")[0]] = alias.name
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for alias in node.names:
                    found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        return found


def parse(texts: Mapping[str, str]) -> Mapping[str, Source]:
    """{path: its tree}, those left out that do not parse."""
    parsed = ((path, _parsed(text)) for path, text in sorted(texts.items()))
    return {path: Source(path, tree, texts[path]) for path, tree in parsed if tree is not None}


def _parsed(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def of_frame(frame: Frame, sources: Mapping[str, Source]) -> Source | None:
    """The file of a frame: the one whose path is the longest end of the path that the log prints."""
    parts = frame.file.strip("/").split("/")
    for start in range(len(parts)):
        found = sources.get("/".join(parts[start:]))
        if found is not None:
            return found
    return None


def enclosing(tree: ast.Module, function: str, line: int | None) -> ast.AST | None:
    """The function of that name that holds the line; the first of that name without a line."""
    name = function.rpartition(".")[2]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
            end = node.end_lineno or node.lineno
            if line is None or node.lineno <= line <= end + LINES_AROUND:
                return node
    return None


def dotted(node: ast.AST) -> str:
    """ "a.b.c" of a name or an attribute; of one on something else its own name with a leading dot; else ""."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}"
    return ""


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
