"""Classes that take their fields from the environment: pydantic-settings, and pydantic's own of version 1.

Sources: the documentation of pydantic-settings ("Settings management"), and of pydantic 1.10.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from parity.declared.source.rows import Class, Field, Kind
from parity.declared.source.scope import Scope, bound, value_of

_CONFIGURED = frozenset({"env_prefix", "env_nested_delimiter", "case_sensitive"})
_CONTAINERS = frozenset({"Optional", "Annotated", "Union", "Final", "Required"})
_ALIASES = ("validation_alias", "alias", "env")


def telling(text: bytes) -> bool:
    """Whether a file may hold such a class, or one that is nested in it."""
    return b"ydantic" in text or b"Settings" in text


@dataclass
class _Config:
    values: dict[str, str | bool] = field(default_factory=dict)
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Version 1: `fields = {"name": {"env": "NAME"}}`."""

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        return value if isinstance(value, str) else None


def class_of(node: ast.ClassDef, path: str, scope: Scope) -> Class:
    """A class with its fields; whether it reads the environment is told by its bases, once all files are known."""
    config = _Config()
    for keyword in node.keywords:
        _configure(config, keyword.arg, keyword.value, scope)
    fields: dict[str, Field] = {}
    for statement in node.body:
        match statement:
            case ast.ClassDef(name="Config", body=body):
                for one in body:
                    if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name):
                        _configure(config, one.targets[0].id, one.value, scope)
            case ast.Assign(targets=[ast.Name(id="model_config")], value=value):
                _model_config(config, value, scope)
            case ast.AnnAssign(target=ast.Name(id="model_config"), value=ast.expr() as value):
                _model_config(config, value, scope)
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
                if not name.startswith("_") and not _of_the_class(annotation):
                    fields[name] = _field(name, annotation, value, scope)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant()) if not name.startswith("_"):
                # Version 1 took a field's type from its default.
                fields[name] = Field(name, statement.lineno, "", default=True)
    for name, aliases in config.aliases.items():
        if name in fields:
            fields[name] = fields[name]._replace(aliases=aliases)
    case = config.values.get("case_sensitive")
    return Class(
        path,
        tuple(made.path for made in (bound(base, scope) for base in node.bases) if made),
        tuple(fields.values()),
        config.text("env_prefix"),
        config.text("env_nested_delimiter"),
        case if isinstance(case, bool) else None,
    )


def _model_config(config: _Config, value: ast.expr, scope: Scope) -> None:
    if isinstance(value, ast.Call):
        for keyword in value.keywords:
            _configure(config, keyword.arg, keyword.value, scope)
    elif isinstance(value, ast.Dict):
        for key, one in zip(value.keys, value.values, strict=True):
            if isinstance(key, ast.Constant):
                _configure(config, str(key.value), one, scope)


def _configure(config: _Config, name: str | None, value: ast.expr, scope: Scope) -> None:
    if name in _CONFIGURED and name is not None:
        if isinstance(value, ast.Constant) and isinstance(value.value, bool):
            config.values[name] = value.value
        else:
            known = value_of(value, scope)
            if known.kind is Kind.WORDS:
                config.values[name] = known.words[0]
    elif name == "fields" and isinstance(value, ast.Dict):
        for key, one in zip(value.keys, value.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(one, ast.Dict):
                named = {k.value: v for k, v in zip(one.keys, one.values, strict=True) if isinstance(k, ast.Constant)}
                if "env" in named:
                    config.aliases[str(key.value)] = tuple(_names(named["env"], scope))


def _field(name: str, annotation: ast.expr, value: ast.expr | None, scope: Scope) -> Field:
    default, aliases = value is not None, tuple[str, ...]()
    for call in _field_calls(annotation, value):
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        first = call.args[0] if call.args else given.get("default")
        if call is value:
            required = first is None or (isinstance(first, ast.Constant) and first.value is ...)
            default = not required or "default_factory" in given
        elif "default" in given or "default_factory" in given:
            default = True
        found = next((given[one] for one in _ALIASES if one in given), None)
        aliases = tuple(_names(found, scope)) if found is not None else aliases
    kind, optional = _type(annotation, scope)
    # "?" marks a field that may be None: of version 1 it has None for a default.
    return Field(name, annotation.lineno, f"{kind}?" if optional else kind, default, aliases)


def _field_calls(annotation: ast.expr, value: ast.expr | None) -> Iterator[ast.Call]:
    metadata: list[ast.expr] = []
    match annotation:
        case ast.Subscript(
            value=ast.Name(id="Annotated") | ast.Attribute(attr="Annotated"), slice=ast.Tuple(elts=all_)
        ):
            metadata = all_[1:]
    for one in (*metadata, value):
        match one:
            case ast.Call(func=ast.Name(id="Field") | ast.Attribute(attr="Field")):
                yield one


def _names(node: ast.expr, scope: Scope) -> Iterator[str]:
    """The names in an alias: a string, a list of them, AliasChoices, AliasPath."""
    match node:
        case ast.List(elts=several) | ast.Tuple(elts=several) | ast.Set(elts=several):
            for one in several:
                yield from _names(one, scope)
        case ast.Call(func=ast.Name(id="AliasChoices") | ast.Attribute(attr="AliasChoices"), args=several):
            for one in several:
                yield from _names(one, scope)
        case ast.Call(func=ast.Name(id="AliasPath") | ast.Attribute(attr="AliasPath"), args=[first, *_]):
            yield from _names(first, scope)
        case _:
            known = value_of(node, scope)
            if known.kind is Kind.WORDS:
                yield from known.words


def _type(node: ast.expr, scope: Scope) -> tuple[str, bool]:
    """(path of the class that an annotation names, whether it may be None)."""
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            one, other = _type(left, scope), _type(right, scope)
            return one[0] or other[0], one[1] or other[1] or _none(left) or _none(right)
        case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name), slice=inner) if name in _CONTAINERS:
            parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            if name != "Union":
                parts = parts[:1]
            found = [_type(part, scope) for part in parts]
            return next((path for path, _ in found if path), ""), name == "Optional" or any(map(_none, parts))
        case ast.Constant(value=str(text)) if text.isidentifier():
            return _type(ast.Name(text), scope)
        case ast.Name() | ast.Attribute():
            made = bound(node, scope)
            return (made.path if made and made.path[0] != "?" else ""), False
    return "", False


def _none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _of_the_class(annotation: ast.expr) -> bool:
    match annotation:
        case ast.Subscript(value=ast.Name(id="ClassVar") | ast.Attribute(attr="ClassVar")):
            return True
        case ast.Name(id="ClassVar") | ast.Attribute(attr="ClassVar"):
            return True
    return False
