"""What the directories promise, held for every file that is in them, those of tomorrow included.

A registry is a package that finds its files by its directory. What each file declares stands in the package's own
docstring, as the first indented block: a constant a line, or a function with its parameters.
"""

from __future__ import annotations

import ast
import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from parity.diff import comparisons
from parity.diff.compared import MANAGER

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "parity"
LINES = 400

SOURCES = sorted(PACKAGE.rglob("*.py"))
OWN = sorted(
    path
    for name in ("parity", "tests", "benchmarks")
    for path in (ROOT / name).rglob("*.py")
    # What a test reads as data is written to be read, not to live in.
    if not ("tests" in path.parts and "data" in path.parts) and (ROOT / "benchmarks" / "failures") not in path.parents
)
PROBE = sorted((PACKAGE / "probe").rglob("*.py"))

PURE = ("diff", "policy", "report", "explain", "fix")
"""The packages right of Profile."""

EFFECTS = frozenset(
    {"asyncio", "docker", "http", "multiprocessing", "os", "psycopg", "random", "requests", "secrets", "shutil"}
    | {"pymysql", "redis", "signal", "socket", "subprocess", "tempfile", "threading", "time", "urllib.request", "uuid"}
)
LEFT = tuple(
    f"parity.{name}"
    for name in ("child", "cli", "database", "engine", "output", "prelaunch", "snapshot", "targets", "profile.save")
)
"""The modules left of Profile, and those that print: nothing pure leans on them."""

HEAVY = frozenset(
    {"deepdiff", "docker", "jsonschema", "packaging", "psycopg", "pydantic", "pymysql", "redis", "requests", "rich"}
    | {"yaml"}
)

UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")

LEVELS = {"error", "warning", "info"}


def label(path: Path) -> str:
    return str(path.relative_to(ROOT))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, module) of every import that runs, those in functions included; `from a import b` is a.b too."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            yield from imports(node)


def within(name: str, packages: frozenset[str] | tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


# Every file


@pytest.mark.parametrize("path", OWN, ids=label)
def test_every_file_says_what_it_is_for_and_has_one_purpose(path: Path) -> None:
    text = path.read_text("utf-8")
    assert path.name.startswith("test_") or ast.get_docstring(parsed(path)), "no docstring"
    assert text.count("\n") <= LINES, f"more than {LINES} lines"
    assert path == Path(__file__) or not UNFINISHED.search(text), "left unfinished"


@pytest.mark.parametrize("path", SOURCES, ids=label)
def test_every_public_name_is_documented(path: Path) -> None:
    if "probe" in path.parts:
        return
    for node in parsed(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no docstring"


# The probe


@pytest.mark.parametrize("path", PROBE, ids=label)
def test_the_probe_keeps_to_its_floor(path: Path) -> None:
    source = path.read_bytes()
    assert source.isascii()
    if path.stem not in {"__init__", "__main__"}:
        assert b"'''" not in source, "the bundle quotes each file with it"
    assert not source.rstrip(b"\n").endswith(b"\\")
    ast.parse(source, str(path), feature_version=(3, 8))


@pytest.mark.parametrize("path", PROBE, ids=label)
def test_the_probe_imports_the_standard_library_and_itself(path: Path) -> None:
    for line, name in imports(parsed(path)):
        own = within(name, ("parity.probe",)) or name == "parity"
        assert own or name.partition(".")[0] in sys.stdlib_module_names, f"line {line} imports {name}"


# What CI installs

ESSENTIAL = frozenset({"docker", "dpkg", "dpkg-query", "ldconfig", "ldd", "tar", "unshare"})
"""Programs of every Debian system, or that come with another one of the list."""


def test_ci_installs_every_program_that_a_test_calls() -> None:
    entries = re.findall(r"^    (\S+):\S+$", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)
    called = {
        name
        for path in OWN
        if path.is_relative_to(ROOT / "tests")
        for name in re.findall(r"""\bprogram\("([^"{}]+)"\)""", path.read_text("utf-8"))
    }
    assert "dockerd" in entries
    assert called - ESSENTIAL - {Path(entry).name for entry in entries} == set()


# Right of Profile


@pytest.mark.parametrize("path", [path for path in SOURCES if path.relative_to(PACKAGE).parts[0] in PURE], ids=label)
def test_right_of_profile_nothing_has_an_effect(path: Path) -> None:
    tree = parsed(path)
    for line, name in imports(tree):
        assert not within(name, EFFECTS), f"line {line} imports {name}"
        assert not within(name, LEFT), f"line {line} imports {name}, which is left of Profile"
        # A registry looks at its own directory, and at no other file.
        assert path.name == "__init__.py" or not within(name, ("pathlib",)), f"line {line} imports {name}"
    for node in ast.walk(tree):
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        assert called not in {"open", "print", "input", "io.open"}, f"line {getattr(node, 'lineno', 0)} calls {called}"
        assert not re.search(r"\b(date|datetime)\.(now|today|utcnow)$", called), f"{called}: the clock is the caller's"


# The registries


def contract(package: Path) -> tuple[str, ...]:
    """The names that a registry's docstring says each of its files declares; () for another package."""
    doc = ast.get_docstring(parsed(package / "__init__.py")) or ""
    opening = doc.partition("\n    ")[0]
    if not re.search(r"[Oo]ne file (a|each|per)\b|One file each", opening):
        return ()
    block = re.search(r"(?:^ {4}.*\n?)+", doc, re.MULTILINE)
    return tuple(re.findall(r"^ {4}([A-Za-z_]+)(?=[ (])", block[0], re.MULTILINE)) if block else ()


def declaring(package: Path) -> list[Path]:
    return sorted(path for path in package.glob("*.py") if not path.stem.startswith("_"))


REGISTRIES = [path.parent for path in SOURCES if path.name == "__init__.py" and contract(path.parent)]
ENTRIES = [path for package in REGISTRIES for path in declaring(package)]


def test_registries_are_found() -> None:
    found = {label(package) for package in REGISTRIES}
    assert {"parity/probe/collectors", "parity/diff/comparisons", "parity/cli"} <= found


@pytest.mark.parametrize("path", ENTRIES, ids=label)
def test_every_file_of_a_registry_declares_what_its_docstring_says(path: Path) -> None:
    module = importlib.import_module(module_name(path))
    for name in contract(path.parent):
        assert getattr(module, name, None) is not None, f"declares no {name}"


@pytest.mark.parametrize("path", [*ENTRIES, *declaring(PACKAGE / "targets")], ids=label)
def test_every_file_of_a_registry_has_cases(path: Path) -> None:
    mirror = ROOT / "tests" / path.parent.relative_to(PACKAGE)
    if (mirror / f"test_{path.stem}.py").exists():
        return
    named = re.compile(rf"\b{path.stem.replace('_', '[-_]')}\b")
    cases = [case for case in mirror.rglob("*") if case.is_file() and case.suffix != ".pyc"]
    assert any(named.search(case.name) or named.search(case.read_text("utf-8", "replace")) for case in cases), (
        f"nothing in {label(mirror)} is about {path.stem}"
    )


@pytest.mark.parametrize("path", declaring(PACKAGE / "probe" / "collectors"), ids=label)
def test_a_collector_declares_plain_data_of_the_right_shape(path: Path) -> None:
    collector = importlib.import_module(module_name(path))
    for name in ("TITLE", "WHY"):
        text = getattr(collector, name)
        assert isinstance(text, str)
        assert text, f"{name} is empty"
        assert "\n" not in text, f"{name} is one line"
    assert {type(key) for key in collector.COMPARED} <= {str}
    unknown = set(collector.COMPARED.values()) - {*comparisons.names(), MANAGER}
    assert not unknown, f"compared in ways that are not in parity/diff/comparisons: {unknown}"
    assert collector.SEVERITY.keys() == {"missing", "changed", "extra"}
    assert set(collector.SEVERITY.values()) <= LEVELS
    assert isinstance(collector.READS, tuple)
    assert all(pattern.startswith(("/", "*")) for pattern in collector.READS), "READS are absolute patterns"
    assert callable(collector.collect)
    json.dumps([collector.COMPARED, collector.SEVERITY, collector.READS])


@pytest.mark.parametrize("path", declaring(PACKAGE / "targets"), ids=label)
def test_a_target_declares_how_it_is_named(path: Path) -> None:
    target = importlib.import_module(module_name(path))
    assert isinstance(target.SUMMARY, str)
    assert "\n" not in target.SUMMARY
    assert isinstance(target.EXAMPLE, str)
    assert target.EXAMPLE
    assert isinstance(target.OPTIONS, tuple)
    assert callable(target.parse)


# The command line


@pytest.mark.parametrize("path", sorted((PACKAGE / "cli").glob("*.py")), ids=label)
def test_a_commands_file_imports_nothing_heavy_at_its_top(path: Path) -> None:
    tree = parsed(path)
    top = ast.Module([node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.ClassDef)], [])
    heavy = [f"line {line}: {name}" for line, name in imports(top) if within(name, HEAVY)]
    assert heavy == []


def loaded(code: str) -> set[str]:
    """The top-level modules in memory after running `code` in a fresh interpreter."""
    code += "; import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def test_building_the_command_line_costs_typer_and_nothing_heavy() -> None:
    built = loaded("from parity.cli._application import application; application()")
    more = built - loaded("import typer.main, typer.core")
    assert not more & HEAVY


def test_the_package_itself_imports_nothing() -> None:
    assert "typer" not in loaded("import parity.__main__")
    assert loaded("import parity") - loaded("pass") == {"parity"}


@pytest.mark.parametrize("path", [path for path in SOURCES if path.name != "__main__.py"], ids=label)
def test_every_module_can_be_imported(path: Path) -> None:
    assert importlib.import_module(module_name(path)).__doc__
