"""What a name means where it is used, as far as the text of one file tells: an import, a constant, a parameter.

Scopes are Python's: a function sees its own names, those of the functions around it and the module's; a class's
names are seen by its own body, and by its methods through `self`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from parity.declared.source.readers import canonical
from parity.declared.source.rows import NAMES_LIMIT, NONE, OTHER, Binding, Kind, Value

Row = tuple["str | None", ...]
"""One element of a literal sequence: its strings, None for what is no string."""

_UNCHANGED = frozenset({"strip", "encode", "decode"})
_ELEMENTS: dict[str, Row] = {"sorted": (), "tuple": (), "list": (), "set": (), "frozenset": (), "enumerate": (None,)}
"""{function: what it puts before the parts of each element}."""


class Context(NamedTuple):
    """What holds where a statement or an expression stands."""

    optional: bool = False
    """An import that fails is caught, or is for type checkers alone."""
    forgiven: bool = False
    """The error for an absent variable is caught."""
    prefix: str = ""
    guarded: frozenset[Value] = frozenset()
    """Names that have been asked for and are there."""


class Scope:
    """The names of a module, a class or a function."""

    def __init__(
        self, path: str, parent: Scope | None = None, owner: Scope | None = None, *, is_class: bool = False
    ) -> None:
        self.path = path
        self.parent = parent
        self.is_class = is_class
        self.owner = owner
        """The class whose method this is."""
        self.names: dict[str, Binding] = {}
        self.words: dict[str, tuple[str, ...]] = {}
        self.rows: dict[str, tuple[Row, ...]] = {}
        self.parameters: tuple[str, ...] = ()
        self.itself: str | None = None
        """What a method calls its object, or its class."""
        self.pending: dict[str, list[int]] = {}
        """Positions of the reads that a variable was assigned from."""
        self.absent: set[str] = set()
        """Those of them that list what is absent: `[name for name in NAMES if name not in os.environ]`."""

    def binding(self, name: str) -> Binding | None:
        """What a name stands for; of one that nothing has bound, itself. None for a parameter or a constant."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            if name in scope.parameters or name in scope.words or name in scope.rows:
                return None
            scope = scope.parent
        return Binding(name)

    def forget(self, name: str) -> None:
        """Take a name to be of unknown value from here on."""
        for table in (self.names, self.rows, self.pending):
            table.pop(name, None)

    def assign(self, name: str, value: ast.expr, where: Scope | None = None) -> None:
        """Bind a name to an expression; `where` is the scope that the expression stands in."""
        where = where or self
        known, rows = value_of(value, where), elements_of(value, where)
        path = bound(value, where)
        self.forget(name)
        if rows:
            self.rows[name] = rows
        elif known.kind is Kind.WORDS:
            self.words[name] = tuple(dict.fromkeys((*self.words.get(name, ()), *known.words)))[:NAMES_LIMIT]
        elif isinstance(value, ast.Lambda):
            self.names[name] = Binding(f"{where.path}.<{value.lineno}:{value.col_offset}>")
        elif path is not None and ("." in path.path and path.path[0] != "?"):
            self.names[name] = path

    def value(self, name: str) -> Value:
        """What is known of the value of a name."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.words:
                return Value(Kind.WORDS, scope.words[name])
            if name in scope.parameters:
                return Value(Kind.PARAMETER, (name, "", "", ""))
            if name in scope.names:
                return Value(Kind.REFERENCE, (scope.names[name].path,))
            scope = scope.parent
        return OTHER

    def elements(self, name: str) -> tuple[Row, ...]:
        """The elements of the literal sequence that a name stands for."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.rows:
                return scope.rows[name]
            scope = scope.parent
        return ()


def bound(node: ast.expr, scope: Scope) -> Binding | None:
    """What an expression stands for, None where the text does not tell; "?.name" for a method of an unknown object."""
    match node:
        case ast.Name(id=name):
            found = scope.binding(name)
            return found._replace(path=canonical(found.path)) if found else None
        case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name == scope.itself and scope.owner:
            own = scope.owner.names.get(attribute)
            return own or Binding(f"{scope.owner.path}.{attribute}")
        case ast.Attribute(value=value, attr=attribute):
            base = bound(value, scope)
            return base._replace(path=canonical(f"{base.path}.{attribute}")) if base else Binding(f"?.{attribute}")
        case ast.Call(func=ast.Name(id="dict"), args=[copied]):
            base = bound(copied, scope)
            return base if base and base.path == "os.environ" else None
        case ast.Call(func=function):
            base = bound(function, scope)
            return _made(base, node, scope) if base else None
    return None


def _made(base: Binding, call: ast.Call, scope: Scope) -> Binding:
    """What a call gives: a reader of variables with the prefix and the defaults that it was made with, perhaps."""
    prefix, known = base.prefix, base.known
    if base.path.endswith(("Env", ".Config")):
        for keyword in call.keywords:
            if keyword.arg in ("prefix", "env_prefix"):
                prefix = next(iter(value_of(keyword.value, scope).words), "")
        # django-environ's scheme: Env(DEBUG=(bool, False)) has a default for DEBUG.
        known = tuple(
            keyword.arg
            for keyword in call.keywords
            if keyword.arg and isinstance(keyword.value, ast.Tuple) and len(keyword.value.elts) == 2
        )
    return Binding(canonical(base.path + "()"), prefix, known)


def value_of(node: ast.expr, scope: Scope) -> Value:
    """What is known of an expression's value, if it is to be the name of a variable or a default."""
    match node:
        case ast.Constant(value=constant):
            return _constant(constant)
        case ast.Name(id=name):
            return scope.value(name)
        case ast.Attribute():
            base = bound(node, scope)
            return Value(Kind.REFERENCE, (base.path,)) if base and base.path[0] != "?" else OTHER
        case ast.Call(func=ast.Attribute(value=text, attr=method)) if method in _UNCHANGED:
            return value_of(text, scope)
        case ast.Call(func=ast.Attribute(value=text, attr="upper")):
            return _upper(value_of(text, scope))
    return _several(node, scope)


def _several(node: ast.expr, scope: Scope) -> Value:
    """The value of an expression that may have more than one, or is put together."""
    if isinstance(node, ast.IfExp):
        both = value_of(node.body, scope), value_of(node.orelse, scope)
        known = all(value.kind is Kind.WORDS for value in both)
        return Value(Kind.WORDS, both[0].words + both[1].words) if known else OTHER
    if isinstance(node, ast.List | ast.Tuple):
        return Value(Kind.WORDS, tuple(filter(None, map(_string, node.elts[:NAMES_LIMIT]))))
    parts = _parts(node, scope)
    return _joined(parts) if parts is not None else OTHER


def _constant(value: object) -> Value:
    if isinstance(value, str):
        return Value(Kind.WORDS, (value,))
    if isinstance(value, bytes):
        return Value(Kind.WORDS, (value.decode("ascii", "replace"),))
    return NONE if value is None or value is ... else OTHER


def _upper(value: Value) -> Value:
    if value.kind is Kind.PARAMETER:
        name, before, after, _ = value.words
        return Value(Kind.PARAMETER, (name, before.upper(), after.upper(), "upper"))
    if value.kind in (Kind.WORDS, Kind.PATTERN):
        return Value(value.kind, tuple(word.upper() for word in value.words))
    return value


def _parts(node: ast.expr, scope: Scope) -> list[Value] | None:
    """The values that a text is put together from, in order; None where it is no text that is."""
    match node:
        case ast.JoinedStr(values=values):
            inner = (one.value if isinstance(one, ast.FormattedValue) else one for one in values)
            return [value_of(one, scope) for one in inner]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [value_of(left, scope), value_of(right, scope)]
        case ast.BinOp(left=ast.Constant(value=str(form)), op=ast.Mod(), right=right):
            given = right.elts if isinstance(right, ast.Tuple) else [right]
            return _filled(form, "%s", given, scope)
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(form)), attr="format"), args=given, keywords=[]):
            return _filled(form, "{}", given, scope)
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value=str(between)), attr="join"),
            args=[ast.Tuple(elts=given) | ast.List(elts=given)],
        ):
            return _filled(between.join("\0" for _ in given), "\0", given, scope)
    return None


def _filled(form: str, slot: str, given: list[ast.expr], scope: Scope) -> list[Value]:
    texts = form.split(slot)
    parts = [Value(Kind.WORDS, (texts[0],))]
    for number, text in enumerate(texts[1:]):
        parts.append(value_of(given[number], scope) if number < len(given) else OTHER)
        parts.append(Value(Kind.WORDS, (text,)))
    return parts


def _joined(parts: list[Value]) -> Value:
    parts = [part for part in parts if part.words != ("",)]
    unknown = [part for part in parts if part.kind is not Kind.WORDS]
    if not unknown:
        words = [""]
        for part in parts:
            words = list(islice((start + word for start in words for word in part.words), NAMES_LIMIT))
        return Value(Kind.WORDS, tuple(words))
    if len(unknown) == 1 and unknown[0].kind is Kind.PARAMETER and all(len(part.words) == 1 for part in parts if part
                                                                       is not unknown[0]):  # fmt: skip
        at = parts.index(unknown[0])
        name, before, after, case = unknown[0].words
        before = "".join(part.words[0] for part in parts[:at]) + before
        after += "".join(part.words[0] for part in parts[at + 1 :])
        return Value(Kind.PARAMETER, (name, before, after, case))
    known = [part.words[0] if part.kind in (Kind.WORDS, Kind.PATTERN) and part.words else "*" for part in parts]
    return Value(Kind.PATTERN, ("".join(known),))


def elements_of(node: ast.expr, scope: Scope) -> tuple[Row, ...]:
    """The elements of a literal sequence or mapping, or of the name of one; () where it is none."""
    match node:
        case ast.Name(id=name):
            return scope.elements(name)
        case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
            return tuple(_row(one) for one in islice(elements, NAMES_LIMIT))
        case ast.Dict(keys=keys, values=values):
            pairs = islice(zip(keys, values, strict=True), NAMES_LIMIT)
            return tuple((_string(key), _string(value)) for key, value in pairs)
        case ast.Call(func=ast.Name(id=name), args=[one, *_]) if name in _ELEMENTS:
            return tuple((*_ELEMENTS[name], *row) for row in elements_of(one, scope))
        case ast.Call(func=ast.Attribute(value=mapping, attr="items" | "keys" | "values" as part), args=[]):
            return tuple(row[1:] if part == "values" else row for row in elements_of(mapping, scope))
    return ()


def _row(node: ast.expr) -> Row:
    inner = node.elts if isinstance(node, ast.Tuple | ast.List) else [node]
    return tuple(_string(one) for one in inner[:8])


def _string(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def targets(node: ast.expr) -> Iterator[tuple[int, str]]:
    """(position in an element, name) of a loop's targets."""
    for position, one in enumerate(node.elts if isinstance(node, ast.Tuple | ast.List) else [node]):
        if isinstance(one, ast.Name):
            yield position, one.id


def each(target: ast.expr, iterated: ast.expr, scope: Scope) -> None:
    """Bind a loop's targets to what they run through, as far as it is literal."""
    rows = elements_of(iterated, scope)
    for position, name in targets(target):
        words = tuple(row[position] for row in rows if position < len(row) and row[position] is not None)
        scope.forget(name)
        if words:
            scope.words[name] = tuple(word for word in words if word is not None)
