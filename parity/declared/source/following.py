"""Calls that are kept until all files of a repository are known: any may be of a function that reads a variable."""

from __future__ import annotations

import re
from collections.abc import Mapping

from parity.declared.source.rows import OTHER, Call, Kind, Value
from parity.declared.source.scope import Scope

Signature = tuple[tuple[str, ...], tuple[str, ...]]
"""The parameters of a function, without self or cls, and those of them that have a default other than None."""

_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{2,}\Z")


class Calls:
    """The calls of one file that lead into the repository, and that can name a variable."""

    def __init__(self, path: str) -> None:
        self._own = path + "."
        self._calls: list[Call] = []

    def add(self, call: Call, scope: Scope, functions: Mapping[str, Signature]) -> None:
        """Keep a call, if an argument may be the name of a variable; of the others not even the text is kept."""
        local = call.callee.startswith(self._own)
        values = (*call.arguments, *(value for _, value in call.keywords))
        if not any(_may_name(value, local=local) for value in values):
            return
        parameter = next((value for value in values if value.kind is Kind.PARAMETER), None)
        function = function_of(parameter, scope) if parameter else ""
        self._calls.append(
            call._replace(
                arguments=tuple(_told(value, local=local) for value in call.arguments),
                keywords=tuple((name, _told(value, local=local)) for name, value in call.keywords),
                function=function,
                parameters=functions[function][0] if function in functions else (),
            )
        )

    def kept(self, reading: set[str]) -> tuple[Call, ...]:
        """Those of other files' functions, and of this one's that are among `reading`, or come to one of them."""
        # A function that hands its parameter on to one of these is one itself.
        further = {one.function for one in self._calls if one.function and one.callee.replace("()", "") in reading}
        own = reading | further
        return tuple(
            one for one in self._calls if one.callee.replace("()", "") in own or not one.callee.startswith(self._own)
        )


def function_of(value: Value, scope: Scope) -> str:
    """The path of the function whose parameter a value is."""
    name = value.words[0]
    inner: Scope | None = scope
    while inner is not None and name not in inner.parameters:
        inner = inner.parent
    return inner.path if inner else ""


def _may_name(value: Value, *, local: bool) -> bool:
    if value.kind is Kind.WORDS:
        return any(local or _VARIABLE.match(word) for word in value.words)
    return local and value.kind is Kind.PARAMETER


def _told(value: Value, *, local: bool) -> Value:
    """A value as far as it may name a variable: what it says otherwise is nobody's business."""
    if value.kind is not Kind.WORDS or local:
        return value
    return value if all(_VARIABLE.match(word) for word in value.words) else OTHER
