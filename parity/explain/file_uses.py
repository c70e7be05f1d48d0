"""What one file of the program uses: where its names come from, and what stands in its functions.

Besides calls and references there are a few uses that no name tells: "<set order>" of a set that is gone through,
"<assert>", "<keyword icontains>" of name__icontains=, and "<child>" of whatever starts another program, with the words
of its command line.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from parity.explain.flow import assigned
from parity.explain.sources import Source, dotted

_ORDERED = frozenset(
    {"list", "tuple", "iter", "enumerate", "zip", "map", "filter", "reversed", "dict", "islice", "chain"}
)
"""Calls that go through what they are given, in its order."""
_STARTS = frozenset(
    {f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen", "getoutput")}
    | {f"os.{name}" for name in ("system", "popen", "execv", "execvp", "execve", "execvpe", "execl", "execlp")}
    | {"subprocess.getstatusoutput", "os.posix_spawn", "os.posix_spawnp", "pexpect.run", "pexpect.spawn", "invoke.run"}
    | {"asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell", "anyio.run_process", "trio.run_process"}
)
"""Calls that start another program."""
_OF_SETS = frozenset({"union", "intersection", "difference", "symmetric_difference"})


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that is used: "mimetypes.guess_type", ".read_text" of what no import tells, "<set order>"."""

    name: str
    file: str
    line: int
    texts: tuple[str, ...] = ()
    """The literal strings of the call, those in its lists and keywords included."""
    keywords: tuple[str, ...] = ()
    """The names of its keyword arguments; one that is given False is not among them."""


class File:
    """One file: where its names come from, and what stands in its functions."""

    def __init__(self, source: Source, *, whole: bool = True) -> None:
        self.source = source
        self._whole = whole
        """Whether its imports are there to be seen; of a line that a log quotes, names are taken as they stand."""
        self._regions: dict[int, tuple[tuple[Use, ...], tuple[tuple[str, int], ...]]] = {}

    @cached_property
    def imported(self) -> Mapping[str, str]:
        """{name: what was imported by it}: of `import os.path` it is "os"."""
        found: dict[str, str] = {}
        for node in ast.walk(self.source.tree):
            if isinstance(node, ast.Import):
                for one in node.names:
                    found[one.asname or one.name.partition(".")[0]] = (
                        one.name if one.asname else one.name.partition(".")[0]
                    )
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.update({one.asname or one.name: f"{node.module}.{one.name}" for one in node.names})
        return found

    @cached_property
    def functions(self) -> Mapping[str, list[ast.FunctionDef | ast.AsyncFunctionDef]]:
        found: dict[str, list[ast.FunctionDef | ast.AsyncFunctionDef]] = {}
        for node in ast.walk(self.source.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found.setdefault(node.name, []).append(node)
        return found

    @cached_property
    def _parents(self) -> Mapping[int, ast.AST]:
        return {id(child): node for node in ast.walk(self.source.tree) for child in ast.iter_child_nodes(node)}

    def around(self, node: ast.AST) -> Iterator[ast.stmt]:
        """The statements that one stands in, the innermost first, up to the function."""
        above = self._parents.get(id(node))
        while above is not None and not isinstance(above, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if isinstance(above, ast.stmt):
                yield above
            above = self._parents.get(id(above))

    @cached_property
    def _assigned(self) -> Mapping[str, tuple[tuple[ast.AST, ast.AST | None], ...]]:
        """{name: (value, the function in which it is given)}."""
        found: dict[str, list[tuple[ast.AST, ast.AST | None]]] = {}
        waiting: list[tuple[ast.AST, ast.AST | None]] = [(self.source.tree, None)]
        while waiting:
            node, scope = waiting.pop()
            given = list(assigned(node)) if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else []
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                # What is done to a thing is in what it answers: cursor.execute(…), then cursor.fetchone().
                given += [(ast.Name(name), node.value) for name in self._receiver(node.value)]
            for target, value in given:
                for name in () if _under_a_key(target) else named(target):
                    found.setdefault(name, []).append((value, scope))
            inner = node if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else scope
            waiting += [(child, inner) for child in ast.iter_child_nodes(node)]
        return {name: tuple(held) for name, held in found.items()}

    def _receiver(self, call: ast.Call) -> Iterator[str]:
        """What a method is called on, unless that is a module."""
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
            yield from {call.func.value.id} - self.imported.keys()

    def values(self, name: str, scope: ast.AST | None) -> list[ast.AST]:
        """What a name is given in a function; where it is not, in the file's body, or anywhere for an attribute."""
        held = self._assigned.get(name, ())
        inside = [value for value, where in held if where is scope]
        return inside or [value for value, where in held if where is None] or [value for value, _ in held]

    def resolved(self, name: str) -> str:
        """ "bs4.BeautifulSoup" of BeautifulSoup; a name that nothing is imported by stays."""
        first, dot, rest = name.partition(".")
        return f"{self.imported.get(first, first)}{dot}{rest}"

    def all_uses(self, scope: ast.AST | None) -> tuple[Use, ...]:
        return self._region(scope)[0]

    def all_texts(self, scope: ast.AST | None) -> tuple[tuple[str, int], ...]:
        return self._region(scope)[1]

    def _region(self, scope: ast.AST | None) -> tuple[tuple[Use, ...], tuple[tuple[str, int], ...]]:
        node = self.source.tree if scope is None else scope
        if id(node) not in self._regions:
            self._regions[id(node)] = (tuple(self.uses(node, scope)), tuple(texts(node)))
        return self._regions[id(node)]

    def uses(self, part: ast.AST, scope: ast.AST | None) -> Iterator[Use]:
        """Everything that a part uses."""
        called = {id(node.func) for node in ast.walk(part) if isinstance(node, ast.Call)}
        for node in ast.walk(part):
            if isinstance(node, ast.Call):
                yield from self._call(node, scope)
            elif isinstance(node, ast.Name | ast.Attribute) and id(node) not in called:
                name = dotted(node)
                if name.partition(".")[0] in self.imported or name in ("hash", "open", "__debug__"):
                    yield Use(self.resolved(name), self.source.file, node.lineno)
            elif isinstance(node, ast.Assert):
                yield Use("<assert>", self.source.file, node.lineno)
            elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension) and self.is_set(node.iter, scope):
                yield Use("<set order>", self.source.file, getattr(node.iter, "lineno", 0))

    def _call(self, node: ast.Call, scope: ast.AST | None) -> Iterator[Use]:
        name = dotted(node.func)
        first, _, last = name.rpartition(".")
        literals = tuple(text for one in (*node.args, *(key.value for key in node.keywords)) for text, _ in texts(one))
        keywords = tuple(one.arg for one in node.keywords if one.arg and not _off(one.value))
        if name:
            base = name.partition(".")[0]
            full = self.resolved(name) if base in self.imported or not (first and self._whole) else f".{last}"
            yield Use(full, self.source.file, node.lineno, literals, keywords)
            if full in _STARTS:
                words = tuple(self._words(node, scope))
                yield Use("<child>", self.source.file, node.lineno, words, keywords)
        for one in keywords:
            if "__" in one.strip("_"):
                yield Use(f"<keyword {one.rpartition('__')[2]}>", self.source.file, node.lineno)
        through = (
            node.args
            if last in _ORDERED or last == "join"
            else [node.func.value]
            if last == "pop" and isinstance(node.func, ast.Attribute) and not node.args
            else []
        )
        if any(self.is_set(one.value if isinstance(one, ast.Starred) else one, scope) for one in through):
            yield Use("<set order>", self.source.file, node.lineno)

    def _words(self, call: ast.Call, scope: ast.AST | None) -> Iterator[str]:
        """The literals of a command line, those of the names in it included; "python" of sys.executable."""
        for part in call.args:
            given = [value for name in named(part) for value in self.values(name, scope)]
            for one in (part, *given):
                yield from (text for text, _ in texts(one))
                if any(self.resolved(dotted(inner)) == "sys.executable" for inner in ast.walk(one)):
                    yield "python"

    def is_set(self, node: ast.AST, scope: ast.AST | None, deep: int = 3) -> bool:
        """Whether an expression is a set, as far as the file tells."""
        if isinstance(node, ast.Set | ast.SetComp):
            return True
        if isinstance(node, ast.Call):
            name = dotted(node.func)
            return name in ("set", "frozenset") or name.rpartition(".")[2] in _OF_SETS
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr | ast.BitAnd | ast.BitXor | ast.Sub):
            return self.is_set(node.left, scope, deep) or self.is_set(node.right, scope, deep)
        if isinstance(node, ast.Name) and deep:
            return any(self.is_set(value, scope, deep - 1) for value in self.values(node.id, scope))
        return False


def _under_a_key(target: ast.AST) -> bool:
    """Whether only what stands under one key is given: whoever reads another reads something else."""
    return isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant)


def _off(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def named(node: ast.AST) -> Iterator[str]:
    """The names in an expression, and the attributes of what is the object\'s own: x of self.x."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and inner.id not in ("self", "cls"):
            yield inner.id
        elif (
            isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name) and inner.value.id in ("self", "cls")
        ):
            yield inner.attr


def texts(node: ast.AST) -> Iterator[tuple[str, int]]:
    """Every literal string with its line; of one with holes the whole, a hole as %s."""
    parts: set[int] = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.JoinedStr):
            parts.update(id(one) for one in inner.values)
            yield (
                "".join(str(one.value) if isinstance(one, ast.Constant) else "%s" for one in inner.values),
                inner.lineno,
            )
        elif isinstance(inner, ast.Constant) and isinstance(inner.value, str) and id(inner) not in parts:
            yield inner.value, inner.lineno
