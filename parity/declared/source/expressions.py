"""What the expressions of a file ask for: variables, modules by their names, programs, pools.

A walk with a stack of its own: how deep an expression is nested is the file's choice.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from parity.declared.source import conditions, named, pools, programs, readers
from parity.declared.source.following import Calls, function_of
from parity.declared.source.imports import by_name
from parity.declared.source.rows import Binding, Call, Imported, Kind, Outcome, Pool, Read, Value, Wrapper
from parity.declared.source.scope import Context, Scope, bound, each, value_of

Names = frozenset[Value]
_Job = tuple[ast.AST, Scope, Context, bool]

_LEAVES = (ast.Constant, ast.Name, ast.expr_context, ast.operator, ast.cmpop)


class Expressions:
    """Collects what it sees; `scan.py` says where to look, and in which context."""

    def __init__(self, path: str, first_party: frozenset[str]) -> None:
        self._path, self._first_party = path, first_party
        self.imports: list[Imported] = []
        self.pools: list[Pool] = []
        self.programs: list[tuple[str, int]] = []
        self.made: set[str] = set()
        self._reads: list[Read] = []
        self._of_node: dict[int, list[int]] = {}
        """Positions among the reads, by the id of the expression that reads: the tree lives as long as this does."""
        self._wrapping: dict[int, tuple[str, str]] = {}
        """{position of a read: (function whose parameter names the variable, parameter that is its default)}."""
        self._functions: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self._raising: set[str] = set()
        """Functions that end by raising."""
        self._calls = Calls(path)

    @property
    def count(self) -> int:
        """How many reads have been seen."""
        return len(self._reads)

    # ── walking ──

    def look(self, node: ast.AST, scope: Scope, context: Context, *, answered: bool = False) -> range:
        """Look into an expression; the positions of the reads that it holds.

        `answered` says that the code around asks no more than whether its value is there.
        """
        start = len(self._reads)
        stack: list[_Job] = [(node, scope, context, answered)]
        while stack:
            job = stack.pop()
            handle = _EXPRESSIONS.get(type(job[0]))
            if handle is not None:
                stack.extend(handle(self, *job))
            elif not isinstance(job[0], _LEAVES):
                stack.extend(_children(job[0], job[1], job[2]))
        return range(start, len(self._reads))

    def _call(self, node: ast.Call, scope: Scope, context: Context, answered: bool) -> Iterator[_Job]:
        function = bound(node.func, scope)
        options = any(keyword.arg in readers.BY_KEYWORD for keyword in node.keywords)
        if function is not None or options:
            self._called(node, function or Binding("?"), scope, context, answered)
        asks = isinstance(node.func, ast.Name) and node.func.id == "bool"
        for child in (node.func, *node.args, *node.keywords):
            yield child, scope, context, asks

    def _subscript(self, node: ast.Subscript, scope: Scope, context: Context, answered: bool) -> Iterator[_Job]:
        if isinstance(node.ctx, ast.Load):
            mapping = bound(node.value, scope)
            if mapping is not None and mapping.path == "os.environ":
                self._read(node, readers.GET, node.slice, scope, context)
        yield from _children(node, scope, context)

    def _compare(self, node: ast.Compare, scope: Scope, context: Context, answered: bool) -> Iterator[_Job]:
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            if isinstance(operator, ast.In | ast.NotIn):
                mapping = bound(right, scope)
                if mapping is not None and mapping.path in ("os.environ", "os.environ.keys()"):
                    self._read(node, readers.CONTAINS, left, scope, context)
            left = right
        for child in (node.left, *node.comparators):
            yield child, scope, context, True

    def _either(self, node: ast.BoolOp, scope: Scope, context: Context, answered: bool) -> Iterable[_Job]:
        for value in node.values[:-1]:
            self.look(value, scope, context, answered=True)
            there, missing = self.asked(value, scope)
            known = there if isinstance(node.op, ast.And) else missing
            context = context._replace(guarded=context.guarded | known)
        return [(node.values[-1], scope, context, answered)]

    def _not(self, node: ast.UnaryOp, scope: Scope, context: Context, answered: bool) -> Iterable[_Job]:
        return [(node.operand, scope, context, isinstance(node.op, ast.Not))]

    def _choice(self, node: ast.IfExp, scope: Scope, context: Context, answered: bool) -> Iterable[_Job]:
        self.look(node.test, scope, context, answered=True)
        there, missing = self.weigh(node.test, scope, fails=False)
        return [
            (node.body, scope, context._replace(guarded=context.guarded | there), answered),
            (node.orelse, scope, context._replace(guarded=context.guarded | missing), answered),
        ]

    def _lambda(self, node: ast.Lambda, scope: Scope, context: Context, answered: bool) -> Iterable[_Job]:
        inner = Scope(f"{scope.path}.<{node.lineno}:{node.col_offset}>", scope)
        self._signature(node.args, inner)
        return [(node.body, inner, Context(), False), *_children(node.args, scope, context)]

    def _comprehension(
        self,
        node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp,
        scope: Scope,
        context: Context,
        answered: bool,
    ) -> Iterable[_Job]:
        inner = Scope(scope.path, scope, scope.owner)
        inner.itself = scope.itself
        absent: list[int] = []
        for one in node.generators:
            self.look(one.iter, inner, context)
            each(one.target, one.iter, inner)
            for test in one.ifs:
                self.look(test, inner, context, answered=True)
                there, _ = self.asked(test, inner)
                absent += self._positions(test, inner)[1]
                context = context._replace(guarded=context.guarded | there)
        if absent:
            self._of_node[id(node)] = absent
        parts = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
        return [(part, inner, context, answered) for part in parts]

    def _walrus(self, node: ast.NamedExpr, scope: Scope, context: Context, answered: bool) -> Iterable[_Job]:
        found = self.look(node.value, scope, context, answered=answered)
        self.assign(node.target, node.value, scope, found)
        return ()

    # ── what is asked of the environment ──

    def asked(self, test: ast.expr, scope: Scope) -> tuple[Names, Names]:
        """The names that are there where the condition holds, and those that are not. It has been looked into."""
        there, missing = self._positions(test, scope)
        return self._names(there), self._names(missing)

    def weigh(self, test: ast.expr, scope: Scope, *, fails: bool) -> tuple[Names, Names]:
        """Of a condition that has been looked into: the names that are there in its body, and those after it.

        `fails` says that the program ends in the body: it requires what the condition asks to be absent.
        """
        there, missing = self._positions(test, scope)
        for position in missing if fails else (*there, *missing):
            read = self._reads[position]
            if fails:
                self._reads[position] = read._replace(outcome=Outcome.STOPS)
            elif read.outcome is Outcome.NOTHING:
                self._reads[position] = read._replace(outcome=Outcome.ANSWERED)
        return self._names(there), self._names(missing)

    def _positions(self, test: ast.expr, scope: Scope) -> tuple[list[int], list[int]]:
        found: tuple[list[int], list[int]] = ([], [])
        for side, nodes in enumerate((conditions.present(test), conditions.absent(test))):
            for node in nodes:
                name = node.target if isinstance(node, ast.NamedExpr) else node
                if isinstance(name, ast.Name):
                    # A list of what is absent is true where something is.
                    found[side ^ (name.id in scope.absent)].extend(scope.pending.get(name.id, ()))
                else:
                    found[side].extend(self._of_node.get(id(node), ()))
        return found

    def _names(self, positions: Iterable[int]) -> Names:
        return frozenset(self._reads[position].name for position in positions)

    def _read(self, node: ast.expr, callee: str, name: ast.expr, scope: Scope, context: Context) -> None:
        call = Call(callee, (value_of(name, scope),), (), node.lineno, context.forgiven)
        self._record(node, call, Binding(callee), scope, context)

    def _called(self, node: ast.Call, function: Binding, scope: Scope, context: Context, answered: bool) -> None:
        path = function.path
        self.pools += pools.of_call(path, node)
        self.programs += programs.of_call(path, node)
        follow = self.followed(path)
        if not follow and not readers.reading(path) and not any(one.arg in readers.BY_KEYWORD for one in node.keywords):
            self.imports += by_name(path, node, optional=context.optional)
            self.imports += named.of_call(path, node, scope)
            return
        call = Call(
            path,
            tuple(value_of(one, scope) for one in node.args),
            tuple((one.arg, value_of(one.value, scope)) for one in node.keywords if one.arg),
            node.lineno,
            context.forgiven,
            answered,
            context.prefix,
        )
        self._record(node, call, function, scope, context)
        if follow:
            if path.rpartition(".")[2][:1].isupper():
                self.made.add(path)
            self._calls.add(call, scope, self._functions)

    def _record(self, node: ast.expr, call: Call, binding: Binding, scope: Scope, context: Context) -> None:
        for one in readers.reads(call, binding):
            outcome = readers.softened(one.absent, one.default, call)
            name = readers.prefixed(one.prefix, one.name)
            position = len(self._reads)
            if name.kind is Kind.PARAMETER:
                default = one.default.words[0] if one.default and one.default.kind is Kind.PARAMETER else ""
                outcome = one.absent if default else outcome
                self._wrapping[position] = function_of(name, scope), default
            if name in context.guarded:
                outcome = Outcome.ANSWERED
            prefix = one.prefix if name.kind is Kind.REFERENCE else ""
            self._reads.append(Read(name, call.line, outcome, prefix))
            self._of_node.setdefault(id(node), []).append(position)

    def followed(self, path: str) -> bool:
        """Whether a path leads into the repository."""
        return path[0] == "/" or path.partition(".")[0] in self._first_party

    # ── what names stand for ──

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> Scope:
        """The scope of a function's body."""
        path = f"{scope.path}.{node.name}"
        scope.names[node.name] = Binding(path)
        inner = Scope(path, scope.parent if scope.is_class else scope, scope if scope.is_class else None)
        static = any(isinstance(one, ast.Name) and one.id == "staticmethod" for one in node.decorator_list)
        self._signature(node.args, inner, method=scope.is_class and not static)
        if conditions.fails(node.body):
            self._raising.add(path)
        return inner

    def _signature(self, given: ast.arguments, inner: Scope, *, method: bool = False) -> None:
        positional = [one.arg for one in (*given.posonlyargs, *given.args)]
        named = [one.arg for one in given.kwonlyargs]
        rest = [one.arg for one in (given.vararg, given.kwarg) if one]
        last = positional[len(positional) - len(given.defaults) :] if given.defaults else []
        pairs = (*zip(last, given.defaults, strict=True), *zip(named, given.kw_defaults, strict=True))
        defaults = [name for name, value in pairs if value is not None and not _is_none(value)]
        inner.parameters = (*positional, *named, *rest)
        if method and positional:
            inner.itself = positional[0]
            positional = positional[1:]
        self._functions[inner.path] = (*positional, *named), tuple(defaults)

    def assign(self, target: ast.expr, value: ast.expr, scope: Scope, found: range) -> None:
        """Bind a target to a value that has been looked into; `found` are the reads that it holds."""
        match target:
            case ast.Name(id=name):
                scope.assign(name, value)
                if id(value) in self._of_node and isinstance(value, ast.ListComp | ast.SetComp | ast.DictComp):
                    scope.pending[name] = self._of_node[id(value)]
                    scope.absent.add(name)
                elif len(found) == 1:
                    scope.pending[name] = list(found)
            case ast.Attribute(value=ast.Name(id=name), attr=attribute):
                if name == scope.itself and scope.owner:
                    scope.owner.assign(attribute, value, scope)
                elif attribute == "prefix" and name in scope.names:
                    prefix = "".join(value_of(value, scope).words[:1])
                    scope.names[name] = scope.names[name]._replace(prefix=prefix)
            case ast.Tuple(elts=targets_) | ast.List(elts=targets_):
                values = value.elts if isinstance(value, ast.Tuple | ast.List) else []
                for number, one in enumerate(targets_):
                    self.assign(one, values[number] if number < len(values) else value, scope, range(0))

    # ── what comes of it ──

    def reads(self) -> tuple[Read, ...]:
        """Reads of names that are not a parameter's, by line."""
        own = (read for read in self._reads if read.name.kind is not Kind.PARAMETER)
        return tuple(sorted(own, key=lambda one: one.line))

    def wrappers(self) -> tuple[Wrapper, ...]:
        """The functions that read what their parameter names."""
        found = []
        for position, (function, default) in sorted(self._wrapping.items()):
            if function in self._functions:
                parameters, defaults = self._functions[function]
                read = self._reads[position]
                if function in self._raising:
                    # Whatever it asks before, it ends by raising where nothing was found.
                    read = read._replace(outcome=Outcome.STOPS)
                given = default or ("default" if "default" in parameters else "")
                found.append(Wrapper(function, parameters, defaults, read, given))
        return tuple(found)

    def calls(self) -> tuple[Call, ...]:
        """The calls to follow: of functions of other files, and of this one's that read what they are given."""
        return self._calls.kept({function for function, _ in self._wrapping.values()})


def _children(node: ast.AST, scope: Scope, context: Context) -> Iterator[_Job]:
    for value in node.__dict__.values():
        if isinstance(value, ast.AST):
            yield value, scope, context, False
        elif isinstance(value, list):
            for one in value:
                if isinstance(one, ast.AST):
                    yield one, scope, context, False


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


_EXPRESSIONS: dict[type, Callable[[Expressions, Any, Scope, Context, bool], Iterable[_Job]]] = {
    ast.Call: Expressions._call,
    ast.Subscript: Expressions._subscript,
    ast.Compare: Expressions._compare,
    ast.BoolOp: Expressions._either,
    ast.UnaryOp: Expressions._not,
    ast.IfExp: Expressions._choice,
    ast.Lambda: Expressions._lambda,
    ast.ListComp: Expressions._comprehension,
    ast.SetComp: Expressions._comprehension,
    ast.GeneratorExp: Expressions._comprehension,
    ast.DictComp: Expressions._comprehension,
    ast.NamedExpr: Expressions._walrus,
}
