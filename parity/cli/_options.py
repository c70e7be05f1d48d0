"""Options that several commands share: written once, as a function that makes one value of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from parity.errors import UsageError
from parity.text import safe


def in_place_of(name: str, options: Callable[..., Any]) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """A decorator that gives a command the parameters of `options`, and what `options` returns as its own `name`."""

    def takes(command: Callable[..., int]) -> Callable[..., int]:
        own = list(inspect.signature(command, eval_str=True).parameters.values())
        shared = list(inspect.signature(options, eval_str=True).parameters.values())
        names = {parameter.name for parameter in shared}

        @wraps(command)
        def run(**values: Any) -> int:
            given = {name: values.pop(name) for name in names}
            return command(**{name: options(**given)}, **values)

        parameters = [parameter for parameter in own if parameter.name != name] + shared
        keyword = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in parameters]
        run.__signature__ = inspect.Signature(keyword)  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in keyword}
        return run

    return takes


def check_format(name: str, formats: Iterable[str]) -> None:
    """Refuse the name of a format that is none of `formats`. Raises UsageError."""
    known = list(formats)
    if name not in known:
        raise UsageError(f"there is no format {safe(name)!r}", hint="formats: " + ", ".join(known))
