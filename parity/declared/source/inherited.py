"""Which variables the settings classes of a repository read, with what they have from their bases.

Sources: the documentation of pydantic-settings ("Environment variable names", "Parsing environment variable values"),
and of pydantic 1.10 ("Settings management").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from parity.declared.source.rows import Class, Field, Outcome

BASES = {
    "pydantic_settings.BaseSettings": False,
    "pydantic_settings.main.BaseSettings": False,
    "pydantic.BaseSettings": True,
    "pydantic.env_settings.BaseSettings": True,
    "pydantic.v1.BaseSettings": True,
    "pydantic.v1.env_settings.BaseSettings": True,
}
"""{base: whether it is of pydantic's first version, in which a field that may be None has None for a default}."""

_DEEPEST = 6

Classes = Mapping[str, tuple[str, Class]]
"""{path: (file, class)}."""
Resolve = Callable[[str, str], str]
"""(path, file that says it) -> the path in the repository, or the path itself."""


class FieldRead(NamedTuple):
    """A variable that a field is taken from."""

    file: str
    line: int
    name: str
    outcome: Outcome


@dataclass(frozen=True)
class _Model:
    """A class with what it has from its bases."""

    fields: Mapping[str, tuple[str, Field]] = field(default_factory=dict)
    """{name: (file, field)}."""
    reads: bool = False
    first_version: bool = False
    prefix: str = ""
    delimiter: str = ""
    exact_case: bool = False


def reads(classes: Classes, made: frozenset[str], resolve: Resolve) -> Iterator[FieldRead]:
    """What the classes read that take their fields from the environment.

    One that others inherit from is read through them, with their prefixes; by itself only if it is in `made`.
    """
    models = {path: _model(path, classes, resolve, _DEEPEST) for path in classes}
    inherited = {
        resolve(base, file) for path, (file, one) in classes.items() if models[path].reads for base in one.bases
    }
    for path, model in models.items():
        if model.reads and (path not in inherited or path in made):
            yield from _fields(model, model.prefix, models, resolve, model, _DEEPEST)


def _model(path: str, classes: Classes, resolve: Resolve, left: int) -> _Model:
    if path in BASES:
        return _Model(reads=True, first_version=BASES[path])
    if path not in classes or not left:
        return _Model()
    file, one = classes[path]
    model = _Model()
    for name in reversed(one.bases):
        base = _model(resolve(name, file), classes, resolve, left - 1)
        model = replace(
            base,
            fields={**model.fields, **base.fields},
            reads=model.reads or base.reads,
            first_version=model.first_version or base.first_version,
            prefix=base.prefix or model.prefix,
            delimiter=base.delimiter or model.delimiter,
            exact_case=base.exact_case or model.exact_case,
        )
    return replace(
        model,
        fields={**model.fields, **{each.name: (file, each) for each in one.fields}},
        prefix=model.prefix if one.prefix is None else one.prefix,
        delimiter=model.delimiter if one.delimiter is None else one.delimiter,
        exact_case=model.exact_case if one.exact_case is None else one.exact_case,
    )


def _fields(
    model: _Model, prefix: str, models: Mapping[str, _Model], resolve: Resolve, outer: _Model, left: int
) -> Iterator[FieldRead]:
    """`outer` is the class that reads; `model` itself, or one that is nested in it."""
    for file, one in model.fields.values():
        optional = one.type.endswith("?")
        kind = one.type.rstrip("?")
        default = one.default or (optional and outer.first_version)
        outcome = Outcome.ANSWERED if default else Outcome.STOPS
        # An alias is the whole name, in the outermost class; below it takes the field's place.
        top = model is outer
        names = one.aliases if one.aliases and top else tuple(prefix + each for each in one.aliases or (one.name,))
        nested = models.get(resolve(kind, file)) if kind else None
        if nested is not None and nested.fields and not nested.reads and outer.delimiter and left:
            outcome = Outcome.ANSWERED
            for name in names:
                for inner in _fields(nested, name + outer.delimiter, models, resolve, outer, left - 1):
                    yield inner._replace(outcome=Outcome.ANSWERED) if default else inner
        if len(names) > 1 and outcome is Outcome.STOPS:
            outcome = Outcome.NOTHING  # any one of them will do
        for name in names:
            yield FieldRead(file, one.line, name if outer.exact_case else name.upper(), outcome)
