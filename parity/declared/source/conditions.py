"""What a condition asks of the environment: which reads it asks to be present, and which to be absent."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_ENDING_CALLS = frozenset({"exit", "_exit", "abort", "fail", "quit"})

IMPORT_ERRORS = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
ABSENCE_ERRORS = frozenset(
    {"KeyError", "LookupError", "Exception", "BaseException", "EnvError", "EnvironError", "UndefinedValueError"}
    | {"ImproperlyConfigured", "ValidationError"}
)
"""What the readers of variables raise for one that is absent."""


def present(test: ast.expr) -> Iterator[ast.expr]:
    """The expressions that are there, or true, where the condition holds."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            yield from absent(inner)
        case ast.BoolOp(values=values):
            for value in values:
                yield from present(value)
        case ast.Compare(left=left, ops=[ast.IsNot() | ast.NotEq()], comparators=[ast.Constant(value=None | "")]):
            yield left
        case ast.Compare(ops=[ast.NotIn() | ast.Is()]):
            pass
        case ast.Call(func=ast.Name(id="all" | "bool"), args=[one]):
            yield from present(one.elt if isinstance(one, ast.GeneratorExp | ast.ListComp) else one)
        case _:
            yield test


def absent(test: ast.expr) -> Iterator[ast.expr]:
    """The expressions that are not there, or nothing, where the condition holds."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            yield from present(inner)
        case ast.BoolOp(values=values):
            for value in values:
                yield from absent(value)
        case ast.Compare(left=left, ops=[ast.Is() | ast.Eq()], comparators=[ast.Constant(value=None | "")]):
            yield left
        case ast.Compare(left=left, ops=[ast.Is()], comparators=[ast.Name() | ast.Attribute()]):
            yield left  # a marker of its own for "there is none"
        case ast.Compare(ops=[ast.NotIn()]):
            yield test
        case ast.Call(func=ast.Name(id="any"), args=[one]):
            yield from absent(one.elt if isinstance(one, ast.GeneratorExp | ast.ListComp) else one)
        case ast.NamedExpr() | ast.Name():
            yield test


def fails(body: list[ast.stmt]) -> bool:
    """Whether a block ends by raising, or by ending the program."""
    match body[-1]:
        case ast.Raise():
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name))):
            return name in _ENDING_CALLS
    return False


def may_fail(body: list[ast.stmt]) -> bool:
    """Whether a block ends by raising, or does so on one more condition: that no default was given."""
    return fails(body) or any(isinstance(one, ast.If) and fails(one.body) for one in body)


def leaves(body: list[ast.stmt]) -> bool:
    """Whether nothing after a block is reached through it."""
    return isinstance(body[-1], ast.Return | ast.Continue | ast.Break) or fails(body)


def caught(handlers: list[ast.ExceptHandler]) -> frozenset[str]:
    """The last names of the exceptions after which the program goes on."""
    names: set[str] = set()
    for handler in handlers:
        if not fails(handler.body):
            names.update(exceptions(handler.type))
    return frozenset(names)


def exceptions(node: ast.expr | None) -> Iterator[str]:
    """The last names of the exceptions that a handler names; a bare one catches all."""
    match node:
        case None:
            yield "BaseException"
        case ast.Name(id=name) | ast.Attribute(attr=name):
            yield name
        case ast.Tuple(elts=elements):
            for one in elements:
                yield from exceptions(one)
