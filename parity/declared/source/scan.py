"""One pass over one file's syntax tree.

Statements are followed in the order in which they run: a function's body after the module's, since it may use names
that are bound further down. Expressions are looked into only on lines that hold a word which any reader needs
(telling.py); of the others the statements are followed, for their imports.
"""

from __future__ import annotations

import ast
import sys
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from parity.declared.source import conditions, extensions, migrations, named, pools, settings, trim
from parity.declared.source.expressions import Expressions, Names
from parity.declared.source.imports import EVERYWHERE, by_setting, imported, optional_by
from parity.declared.source.rows import Binding, Class, Imported, Kind, Pool, Rows
from parity.declared.source.scope import Context, Scope, bound, each, value_of
from parity.declared.source.telling import Telling


def scan(text: bytes, name: str, first_party: frozenset[str]) -> Rows:
    """What one file says. `first_party` are the repository's own import names, the only ones to follow further.

    Raises what `ast.parse` raises: SyntaxError, ValueError, RecursionError, MemoryError.
    """
    telling, classes = Telling(text), settings.telling(text)
    if not telling and not classes and b"import" not in text:
        return Rows()
    rows = _Scan(name, first_party, telling, classes=classes).rows(_tree(text, telling, classes=classes))
    drivers = tuple(Imported(module, (), line, optional=False) for module, line in named.of_text(text))
    return rows._replace(imports=rows.imports + drivers, extensions=extensions.of_python(text))


def _tree(text: bytes, telling: Telling, *, classes: bool) -> ast.Module:
    if len(text) >= trim.LEAST:
        with suppress(SyntaxError):
            return ast.parse(trim.trimmed(text, telling, classes=classes))
    return ast.parse(text)


def path_of(name: str) -> str:
    """The dotted path of a file: "/src.shop.config" for src/shop/config.py."""
    path = name.removesuffix(".py").removesuffix("__init__").rstrip("/")
    return "/" + path.replace("/", ".")


class _Scan:
    def __init__(self, name: str, first_party: frozenset[str], telling: Telling, *, classes: bool) -> None:
        self._name, self._telling, self._wants_classes = name, telling, classes
        self._module = Scope(path_of(name))
        self._expressions = Expressions(self._module.path, first_party)
        self._imports: list[Imported] = []
        self._classes: list[Class] = []
        self._pools: list[Pool] = []
        self._later: deque[tuple[list[ast.stmt], Scope, Context]] = deque()

    def rows(self, tree: ast.Module) -> Rows:
        self._block(tree.body, self._module, Context())
        while self._later:
            self._block(*self._later.popleft())
        found = self._expressions
        return Rows(
            imports=tuple(sorted((*self._imports, *found.imports), key=lambda one: one.line)),
            reads=found.reads(),
            calls=found.calls(),
            wrappers=found.wrappers(),
            bindings=tuple(self._exported()),
            words=tuple(self._constants()),
            classes=tuple(self._classes),
            made=tuple(sorted(found.made)) if self._wants_classes else (),
            pools=tuple(sorted((*found.pools, *self._pools), key=lambda one: one.line)),
            programs=tuple(sorted(found.programs, key=lambda one: one[1])),
            revisions=tuple(migrations.revision(tree, self._name)) if self._telling else (),
        )

    def _block(self, statements: Iterable[ast.stmt], scope: Scope, context: Context) -> None:
        for statement in statements:
            handle = _STATEMENTS.get(type(statement))
            if handle is not None:
                if isinstance(statement, _COMPOUND) and not scope.pending and not self._worth_it(statement):
                    continue
                context = handle(self, statement, scope, context) or context
            else:
                self._look(statement, scope, context)

    def _look(self, node: ast.AST | None, scope: Scope, context: Context) -> range:
        """Look into an expression, or a statement that is none but expressions."""
        if node is None or not self._tells(node):
            return range(0)
        return self._expressions.look(node, scope, context)

    def _worth_it(self, node: ast.stmt) -> bool:
        """Whether a block holds anything to look into, an import, or a class whose fields count."""
        last = node.end_lineno or node.lineno
        # A function's own line comes after those of its decorators.
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
        classes = self._wants_classes and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        return classes or self._telling.within(first, last) or self._telling.imports(*self._telling.span(first, last))

    def _tells(self, node: Any) -> bool:
        """Whether a node with a place, a statement or an expression, is worth looking into."""
        return self._telling.within(node.lineno, node.end_lineno or node.lineno)

    # A handler of a statement may return the context of the statements after it.

    def _import(self, node: ast.Import | ast.ImportFrom, scope: Scope, context: Context) -> None:
        for one, names in imported(node, self._name, optional=context.optional):
            if one.module.partition(".")[0] not in EVERYWHERE:
                self._imports.append(one)
            scope.names.update(names)
            if one.module in trim.READING:
                for name in names:
                    self._telling.add(name)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope, context: Context) -> None:
        for decorator in node.decorator_list:
            self._look(decorator, scope, context)
        if self._telling.within(node.lineno, node.body[0].lineno):
            self._expressions.look(node.args, scope, context)
        if self._telling.reads(*self._telling.span(node.lineno, node.end_lineno or node.lineno)):
            self._telling.add(node.name)
        inner = self._expressions.function(node, scope)
        self._later.append((node.body, inner, Context(optional=context.optional)))

    def _class(self, node: ast.ClassDef, scope: Scope, context: Context) -> None:
        path = f"{scope.path}.{node.name}"
        scope.names[node.name] = Binding(path)
        inner = Scope(path, scope, is_class=True)
        for part in (*node.decorator_list, *node.bases, *node.keywords):
            self._look(part, scope, context)
        self._block(node.body, inner, context)
        if self._wants_classes and node.bases:
            self._classes.append(settings.class_of(node, path, inner))

    def _if(self, node: ast.If, scope: Scope, context: Context) -> Context | None:
        # Each elif stands inside of the one before: followed here, a chain may be as long as it likes.
        rest = context
        while True:
            there, missing = self._asked(node, scope, rest)
            optional = rest.optional or optional_by(node.test)
            self._block(node.body, scope, rest._replace(optional=optional, guarded=rest.guarded | there))
            # What is asked of the version makes the other branch one for other versions.
            other = rest.optional or optional_by(node.test, "version")
            rest = rest._replace(optional=other, guarded=rest.guarded | missing)
            if len(node.orelse) != 1 or not isinstance(node.orelse[0], ast.If):
                break
            node = node.orelse[0]
        self._block(node.orelse, scope, rest)
        if not node.orelse and conditions.leaves(node.body):
            return context._replace(guarded=rest.guarded)
        return None

    def _asked(self, node: ast.If, scope: Scope, context: Context) -> tuple[Names, Names]:
        if self._tells(node.test):
            self._expressions.look(node.test, scope, context, answered=True)
        elif not scope.pending:
            return frozenset(), frozenset()
        return self._expressions.weigh(node.test, scope, fails=conditions.may_fail(node.body))

    def _try(self, node: ast.Try, scope: Scope, context: Context) -> None:
        start = len(self._imports)
        self._block(node.body, scope, _within(conditions.caught(node.handlers), context))
        tried = {one.module.partition(".")[0] for one in self._imports[start:]}
        middle = len(self._imports)
        for handler in node.handlers:
            instead = not conditions.IMPORT_ERRORS.isdisjoint(conditions.exceptions(handler.type))
            self._block(handler.body, scope, context._replace(optional=context.optional or instead))
        # What is imported in place of another part of the same distribution is needed as much as that.
        for number, one in enumerate(self._imports[middle:], middle):
            if one.module.partition(".")[0] in tried:
                self._imports[number] = one._replace(optional=context.optional)
        self._block(node.orelse, scope, context)
        self._block(node.finalbody, scope, context)

    def _with(self, node: ast.With | ast.AsyncWith, scope: Scope, context: Context) -> None:
        inside = context
        for item in node.items:
            self._look(item.context_expr, scope, context)
            match item.context_expr:
                case ast.Call(func=ast.Attribute(attr="suppress") | ast.Name(id="suppress"), args=given):
                    inside = _within(frozenset(name for one in given for name in conditions.exceptions(one)), inside)
                case ast.Call(func=ast.Attribute(attr="prefixed", value=reader), args=[prefix]):
                    known = value_of(prefix, scope)
                    inside = inside._replace(
                        prefix=inside.prefix + (known.words[0] if known.kind is Kind.WORDS else "*")
                    )
                    made = bound(reader, scope)
                    if isinstance(item.optional_vars, ast.Name) and made:
                        scope.names[item.optional_vars.id] = made
        self._block(node.body, scope, inside)

    def _for(self, node: ast.For | ast.AsyncFor, scope: Scope, context: Context) -> None:
        self._look(node.iter, scope, context)
        if self._telling:
            each(node.target, node.iter, scope)
        self._block(node.body, scope, context)
        self._block(node.orelse, scope, context)

    def _while(self, node: ast.While, scope: Scope, context: Context) -> None:
        if self._tells(node.test):
            self._expressions.look(node.test, scope, context, answered=True)
        self._block(node.body, scope, context)
        self._block(node.orelse, scope, context)

    def _match(self, node: ast.Match, scope: Scope, context: Context) -> None:
        self._look(node.subject, scope, context)
        for case in node.cases:
            self._look(case.guard, scope, context)
            self._block(case.body, scope, context)

    def _assert(self, node: ast.Assert, scope: Scope, context: Context) -> None:
        self._look(node, scope, context)
        if scope.pending or self._tells(node.test):
            self._expressions.weigh(ast.UnaryOp(ast.Not(), node.test), scope, fails=True)

    def _assign(self, node: ast.Assign | ast.AnnAssign, scope: Scope, context: Context) -> None:
        if not self._telling or node.value is None:
            if isinstance(node, ast.AnnAssign):
                self._look(node.annotation, scope, context)
            return
        told = self._tells(node)
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            if isinstance(target, ast.Name) and (target.id.isupper() or target.id in named.SETTINGS):
                self._imports += by_setting(target.id, node.value)
                self._imports += named.of_setting(target.id, node.value)
        if not told and not _plain(node.value):
            return
        start = self._expressions.count
        if told:
            self._expressions.look(node, scope, context)
        found = range(start, self._expressions.count)
        for target in targets:
            self._expressions.assign(target, node.value, scope, found)
            if isinstance(target, ast.Name):
                made = scope.names.get(target.id)
                if made is not None and made.path.startswith(_READER_OBJECTS):
                    self._telling.add(target.id)
                if target.id.isupper():
                    self._pools += pools.of_setting(target.id, node.value)

    def _exported(self) -> Iterable[tuple[str, Binding]]:
        """The module's names that stand for something that another file may come to through them."""
        for name, one in self._module.names.items():
            path = f"{self._module.path.rstrip('/')}.{name}" if self._module.path != "/" else f"/{name}"
            reads = one.path.startswith(_READER_OBJECTS)
            if one.path != path and (reads or self._expressions.followed(one.path)):
                yield path, one

    def _constants(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        for name, words in self._module.words.items():
            if all(word.isupper() and word.isascii() for word in words):
                yield f"{self._module.path}.{name}", words


_READER_OBJECTS = ("os.environ", "os.getenv", "environs.", "environ.", "decouple.", "starlette.config", "prettyconf.")


def _plain(value: ast.expr) -> bool:
    """Whether a value is cheap to tell: a constant, or an object of a class by the look of its name."""
    if isinstance(value, ast.Call):
        name = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
        return name[:1].isupper()
    return isinstance(value, ast.Constant)


def _within(caught: frozenset[str], context: Context) -> Context:
    """The context of what stands where some errors are caught."""
    return context._replace(
        optional=context.optional or not caught.isdisjoint(conditions.IMPORT_ERRORS),
        forgiven=context.forgiven or not caught.isdisjoint(conditions.ABSENCE_ERRORS),
    )


_COMPOUND = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.If, ast.Try, ast.With, ast.For, ast.While)

_STATEMENTS: dict[type, Callable[[_Scan, Any, Scope, Context], Context | None]] = {
    ast.Import: _Scan._import,
    ast.ImportFrom: _Scan._import,
    ast.FunctionDef: _Scan._function,
    ast.AsyncFunctionDef: _Scan._function,
    ast.ClassDef: _Scan._class,
    ast.If: _Scan._if,
    ast.Try: _Scan._try,
    ast.With: _Scan._with,
    ast.AsyncWith: _Scan._with,
    ast.For: _Scan._for,
    ast.AsyncFor: _Scan._for,
    ast.While: _Scan._while,
    ast.Match: _Scan._match,
    ast.Assert: _Scan._assert,
    ast.Assign: _Scan._assign,
    ast.AnnAssign: _Scan._assign,
}
if sys.version_info >= (3, 11):
    _STATEMENTS[ast.TryStar] = _Scan._try
