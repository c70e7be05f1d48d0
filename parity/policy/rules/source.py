"""The program's own code: what was not deployed, what is left over, and what stands in for something else."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence

from parity.diff.manifest import FACTS, aligned, is_code, is_directory
from parity.diff.model import Difference, Kind
from parity.policy.model import Finding, Rule, Severity, Sides, finding
from parity.policy.words import plural, some
from parity.profile.item import field
from parity.profile.model import Item

RULES = {
    "stale-bytecode": Rule(Severity.ERROR, "bytecode that Python loads in place of a source that it is not of"),
    "shadows": Rule(Severity.ERROR, "code that only production has, and that is imported in place of other code"),
    "case": Rule(Severity.ERROR, "a name that differs in letter case alone"),
    "not-executable": Rule(Severity.WARNING, "a file that can be executed locally and not in production"),
    "line-ends": Rule(Severity.WARNING, "the lines of a file end in another way, and nothing else of it differs"),
    "not-deployed": Rule(Severity.WARNING, "code that production does not have"),
    "changed": Rule(Severity.WARNING, "code that is not the same"),
    "only-production": Rule(Severity.INFO, "code that only production has"),
    "dotenv": Rule(Severity.INFO, "a dotenv file that one side has: what it sets is told by nothing"),
    "other": Rule(Severity.INFO, "documentation, tests, data and the files of tools"),
    "commit": Rule(Severity.INFO, "another commit or branch, or a checkout with changes"),
    "elsewhere": Rule(Severity.INFO, "the two sides have no file in common"),
}

_LISTED = 8
"""Findings of a rule that are told one by one before the rest are one."""

_OF_TOOLS = frozenset(
    {"makefile", "dockerfile", "containerfile", "procfile", "license", "licence", "notice", "authors", "codeowners"}
    | {"pyproject.toml", "setup.cfg", "setup.py", "tox.ini", "mypy.ini", "pytest.ini", "package.json", "poetry.lock"}
    | {"uv.lock", "pdm.lock", "pipfile", "pipfile.lock", "package-lock.json", "renovate.json", "mkdocs.yml"}
)
_OF_TOOLS_STARTS = (".", "dockerfile.", "docker-compose", "compose.", "requirements", "readme", "changelog", "changes")
_OF_TOOLS_DIRECTORIES = frozenset(
    {"script", "scripts", "tools", "ci", "deploy", "helm", "k8s", "terraform", "notebooks"}
)
_LOADED_DIRECTORIES = frozenset({"locale", "locales", "templates", "translations"})
"""Names of directories whose files are loaded by their names, whatever those end in."""
_LOADED = (".py", ".html", ".htm", ".jinja", ".jinja2", ".j2", ".mako", ".sql", ".graphql", ".tmpl", ".template")
"""Endings of code that a program loads by its name."""


def judge(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """A finding for each file that matters; what no program loads, and more of a kind than anybody reads, is folded."""
    local, production = (
        side.items for side in aligned(*(one.sections["source"] for one in (sides.local, sides.production)))
    )
    ours, theirs = (frozenset(_code(side)) for side in (local, production))
    if not _in_common(ours, theirs, differences):
        yield from _elsewhere(differences, len(ours), len(theirs))
        return
    told: list[Finding] = []
    by_key = {one.key: one for one in differences}
    taken: set[str] = set()
    for one in differences:
        if one.key in taken:
            continue
        found = _of_pair(one, by_key, taken) or _of_file(one, production, sides)
        told.append(found)
    yield from _shown(told)


def _code(items: Mapping[str, Item]) -> Iterator[str]:
    return (key for key, one in items.items() if is_code(one))


def _in_common(ours: frozenset[str], theirs: frozenset[str], differences: Sequence[Difference]) -> bool:
    # Every directory of code has files of its own: that both have some tells nothing, unless they are the same.
    differing = {one.key for one in differences}
    return any(key != _TOP or key not in differing for key in ours & theirs)


_TOP = "./"


def _elsewhere(differences: Sequence[Difference], ours: int, theirs: int) -> Iterator[Finding]:
    first = differences[0]
    why = (
        f"of local's {plural(ours, 'file')} of code none is among production's {theirs:,}: "
        "two projects, or two directories; --source DIR names the one that is meant"
    )
    yield Finding("source.elsewhere", first.section, "*", first.kind, Severity.INFO, None, None, why)


def _of_pair(one: Difference, by_key: Mapping[str, Difference], taken: set[str]) -> Finding | None:
    """What is missing under one name and there under another that differs in letter case alone."""
    if one.kind is Kind.CHANGED:
        return None
    other = next(
        (
            each
            for each in by_key.values()
            if each.key.lower() == one.key.lower() and each.key != one.key and {each.kind, one.kind} == _BOTH
        ),
        None,
    )
    if other is None:
        return None
    taken.update((one.key, other.key))
    missing, extra = (one, other) if one.kind is Kind.MISSING else (other, one)
    why = f"production has it as {extra.key}: where letter case counts, as on Linux, that is another file"
    severity = Severity.INFO if _unloaded(missing.key) else Severity.ERROR
    return finding("case", missing, severity, why)


_BOTH = {Kind.MISSING, Kind.EXTRA}


def _of_file(one: Difference, production: Mapping[str, Item], sides: Sides) -> Finding:
    if one.key in FACTS:
        return _fact(one)
    if one.local is True or one.production is True:
        side = "local" if one.local is True else "production"
        return finding(
            "dotenv", one, Severity.INFO, f"only {side} has it: what a library reads from it is set there alone"
        )
    if field(one.production, "bytecode") is not None or field(one.local, "bytecode") is not None:
        return _bytecode(one)
    if one.kind is Kind.EXTRA:
        return _extra(one, production)
    if one.kind is Kind.MISSING:
        return _missing(one, sides)
    return _changed(one)


def _fact(one: Difference) -> Finding:
    why = {
        "commit": "production is at another commit",
        "branch": "production's checkout is of another branch",
        "dirty": "only one side's files are those of its commit",
    }[one.key]
    return finding("commit", one, Severity.INFO, why)


def _bytecode(one: Difference) -> Finding:
    state = field(one.production, "bytecode")
    if state == "outdated":
        why = "Python loads it in place of the source, by time and size, and it lacks what the source defines"
        return finding("stale-bytecode", one, Severity.ERROR, why)
    if state is None or field(one.local, "bytecode") == "outdated":
        return finding("stale-bytecode", one, Severity.INFO, "only local loads bytecode that is not of the source")
    if state == "unchecked":
        why = "Python loads it in place of the source whatever that says: it was compiled not to be checked"
        return finding("stale-bytecode", one, Severity.WARNING, why)
    why = "Python loads it in place of the source, and it is not what local loads"
    return finding("stale-bytecode", one, Severity.WARNING, why)


def _extra(one: Difference, production: Mapping[str, Item]) -> Finding:
    shadowed = _shadowed(one.key, production)
    if shadowed is not None:
        why = f"it is imported in place of {shadowed}, which is never loaded in production"
        return finding("shadows", one, Severity.ERROR, why)
    if _unloaded(one.key):
        return finding("other", one, Severity.INFO, "only production has it")
    return finding("only-production", one, Severity.INFO, "only production has it: it may be left from another release")


def _shadowed(key: str, production: Mapping[str, Item]) -> str | None:
    """What a package's `__init__.py`, or a module beside the program, is imported in place of."""
    package = key.removesuffix("/__init__.py")
    # Where directories have one digest, only such a package is told of by itself.
    if package != key and (f"{package}.py" in production or any(map(is_directory, production))):
        return f"{package}.py"
    module = package if package != key else key.removesuffix(".py")
    if module in sys.stdlib_module_names and module != key:
        return f"the standard library's {module}"
    return None


def _missing(one: Difference, sides: Sides) -> Finding:
    if _unloaded(one.key):
        return finding("other", one, Severity.INFO, "production does not have it")
    declared = sides.use is not None and sides.use.item("source", one.key) is not None
    what = "the repository has it, and production does not" if declared else "production does not have it"
    if is_directory(one.key):
        return finding("not-deployed", one, Severity.WARNING, f"{what}: it is a directory of code")
    return finding("not-deployed", one, Severity.WARNING, f"{what}: it was not deployed, or by another name")


def _changed(one: Difference) -> Finding:
    names = {each.name for each in one.fields}
    if names == {"executable"}:
        if field(one.local, "executable"):
            why = "production may not execute it: a process that starts it is refused"
            return finding("not-executable", one, Severity.WARNING, why)
        return finding("other", one, Severity.INFO, "only production may execute it")
    if _same_text(one.local, one.production):
        return _line_ends(one)
    if _unloaded(one.key):
        return finding("other", one, Severity.INFO, "it is not the same")
    if is_directory(one.key):
        count, there = field(one.local, "files"), field(one.production, "files")
        words = "" if count == there else f": {plural(_number(count), 'file')} here and {_number(there)} there"
        return finding("changed", one, Severity.WARNING, f"code in this directory is not the same{words}")
    return finding("changed", one, Severity.WARNING, "production has other code under this name")


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _same_text(local: Item, production: Item) -> bool:
    pairs = (local, production), (production, local)
    return any(field(one, "lf_digest") is not None and field(one, "lf_digest") == field(other, "digest")
               for one, other in pairs)  # fmt: skip


def _line_ends(one: Difference) -> Finding:
    script = one.key.endswith((".sh", ".bash")) or bool(field(one.production, "executable"))
    if script and field(one.production, "lf_digest") is not None:
        why = "its lines end with CRLF in production: a shell, or the kernel, takes the CR for a part of the last word"
        return finding("line-ends", one, Severity.WARNING, why)
    return finding("line-ends", one, Severity.INFO, "its lines end in another way, and its text is the same")


def _unloaded(key: str) -> bool:
    """Whether it is nothing that the program loads where it serves."""
    from parity.declared.source.modules import is_dev

    *directories, name = key.rstrip("/").lower().split("/")
    directories += [name] if is_directory(key) else []
    if is_dev(key if not is_directory(key) else key + "x") or any(
        part.startswith(".") and part != "." for part in directories
    ):
        return True
    if _OF_TOOLS_DIRECTORIES.intersection(directories):
        return True
    if is_directory(key):
        return False
    if name in _OF_TOOLS or (name.startswith(_OF_TOOLS_STARTS) and not name.endswith(".py")):
        return True
    if _LOADED_DIRECTORIES.intersection(directories):
        return False
    return not name.endswith(
        (*_LOADED, ".json", ".yml", ".yaml", ".toml", ".ini", ".cfg", ".js", ".css", ".sh", ".pyc")
    )


def _shown(found: Sequence[Finding]) -> Iterator[Finding]:
    """The findings, those of one rule and severity that are too many to read folded by directory."""
    groups: dict[tuple[str, Severity], list[Finding]] = {}
    for one in found:
        groups.setdefault((one.id, one.severity), []).append(one)
    for (rule, severity), many in groups.items():
        few = len(many) == 1 or (severity is Severity.WARNING and len(many) <= _LISTED)
        if few or severity is Severity.ERROR:
            yield from many
        else:
            yield from _folded(rule, severity, many)


def _folded(rule: str, severity: Severity, many: Sequence[Finding]) -> Iterator[Finding]:
    by_directory: dict[str, list[Finding]] = {}
    for one in many:
        by_directory.setdefault(one.key.partition("/")[0] + "/" if "/" in one.key else "./", []).append(one)
    for directory, ones in sorted(by_directory.items()):
        if len(ones) == 1:
            yield ones[0]
            continue
        names = [one.key.removeprefix(directory) or one.key for one in ones]
        why = f"{_WORDS[rule.partition('.')[2]]}: {some(names)}"
        kinds = {one.kind for one in ones}
        kind = kinds.pop() if len(kinds) == 1 else Kind.CHANGED
        yield Finding(rule, ones[0].section, directory, kind, severity, None, None, why)


_WORDS = {
    "changed": "files of code that are not the same",
    "commit": "facts of the checkout",
    "line-ends": "files whose lines end in another way",
    "not-deployed": "files of code that production does not have",
    "not-executable": "files that cannot be executed in production",
    "only-production": "files of code that only production has",
    "other": "files that the program is not known to load",
    "stale-bytecode": "bytecode that is loaded in place of its source",
    "case": "names that differ in letter case alone",
}
