"""Import statements, and the calls that import a module by its name."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Literal

from parity.declared.source.rows import NAMES_LIMIT, Binding, Imported

_BY_NAME = {
    "importlib.import_module": False,
    "__import__": False,
    "importlib.__import__": False,
    "importlib.util.find_spec": True,
    "pytest.importorskip": True,
}
"""{callee: whether the program goes on without the module}."""

_OBJECTS = frozenset({"django.utils.module_loading.import_string", "werkzeug.utils.import_string", "pydoc.locate"})
"""Callees that import an object by its dotted name."""

EVERYWHERE = frozenset(
    {"__future__", "abc", "argparse", "ast", "base64", "collections", "contextlib", "copy"}
    | {
        "csv",
        "datetime",
        "decimal",
        "dataclasses",
        "enum",
        "functools",
        "glob",
        "hashlib",
        "inspect",
        "io",
        "itertools",
    }
    | {"json", "logging", "math", "operator", "os", "pathlib", "pickle", "platform", "random", "re", "shutil", "signal"}
    | {"string", "struct", "subprocess", "sys", "tempfile", "textwrap", "threading", "time", "traceback"}
    | {"types", "typing", "unittest", "uuid", "warnings", "weakref", "zipfile"}
)
"""Modules that every Python has and half of all imports are of: that they are imported tells nothing."""

_LISTS = frozenset({"INSTALLED_APPS", "MIDDLEWARE", "THIRD_PARTY_APPS", "AUTHENTICATION_BACKENDS"})
"""Django's settings whose strings are dotted names to import."""
_CLASS_KEYS = frozenset({"()", "BACKEND", "ENGINE", "class"})
"""Keys, in a dictionary of settings (LOGGING, CACHES, DATABASES, TEMPLATES), whose value is such a name."""
_CLASS_SETTINGS = ("_BACKEND", "_CLASS", "_ENGINE", "_STORAGE")
"""How a setting's name ends whose value is one."""
_NODES_LIMIT = 2_000


def imported(
    node: ast.Import | ast.ImportFrom, file: str, *, optional: bool
) -> Iterator[tuple[Imported, Mapping[str, Binding]]]:
    """What a statement imports, and what it binds."""
    if isinstance(node, ast.Import):
        for one in node.names:
            first = one.name.partition(".")[0]
            binding = Binding(one.name) if one.asname else Binding(first)
            yield Imported(one.name, (), node.lineno, optional), {one.asname or first: binding}
        return
    module = node.module or ""
    if node.level:
        above = file.split("/")[: -node.level]
        module = "/" + ".".join([*above, *([module] if module else [])])
    names = tuple(one.name for one in node.names[:NAMES_LIMIT])
    dot = "" if module == "/" else "."
    bound = {one.asname or one.name: Binding(f"{module}{dot}{one.name}") for one in node.names}
    yield Imported(module, names, node.lineno, optional), bound


def optional_by(test: ast.expr, kind: Literal["typing", "version", "any"] = "any") -> bool:
    """Whether what is imported under a condition is for type checkers alone, or for some versions of Python."""
    match test:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name == "TYPE_CHECKING" and kind != "version"
        case ast.Compare(left=ast.Attribute(value=ast.Name(id="sys"), attr="version_info" | "platform")):
            return kind != "typing"
        case ast.Compare(left=ast.Subscript(value=left)):
            return optional_by(ast.Compare(left, [], []), kind)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return optional_by(inner, "version") and kind != "typing"
    return False


def by_name(path: str, node: ast.Call, *, optional: bool) -> Iterator[Imported]:
    """The module that a call imports by a literal name."""
    match node.args:
        case [ast.Constant(value=str(name)), *_] if name and not name.startswith("."):
            if path in _BY_NAME:
                yield Imported(name, (), node.lineno, optional or _BY_NAME[path])
            elif path in _OBJECTS:
                yield Imported(name.rpartition(".")[0] or name, (), node.lineno, optional)


def by_setting(name: str, value: ast.expr) -> Iterator[Imported]:
    """The modules that dotted names in Django's settings, or in a configuration of logging, have imported."""
    named: Iterable[ast.expr | None] = ()
    if name in _LISTS and isinstance(value, ast.List | ast.Tuple):
        named = value.elts[:NAMES_LIMIT]
    elif isinstance(value, ast.Dict):
        named = (one for one in classes(value) if isinstance(one, ast.Constant) and "." in str(one.value))
    elif name.endswith(_CLASS_SETTINGS) and isinstance(value, ast.Constant) and "." in str(value.value):
        named = (value,)
    yield from dotted(named)


def dotted(nodes: Iterable[ast.expr | None]) -> Iterator[Imported]:
    """The modules that literal dotted names stand for."""
    for one in nodes:
        match one:
            case ast.Constant(value=str(name)) if name.replace(".", "").isidentifier():
                yield Imported(name, (), one.lineno, optional=False)


def classes(settings: ast.Dict) -> Iterator[ast.expr]:
    """What stands in a dictionary of settings where the dotted name of a class is expected."""
    for node in islice(ast.walk(settings), _NODES_LIMIT):
        if isinstance(node, ast.Dict):
            for key, one in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value in _CLASS_KEYS:
                    yield one
