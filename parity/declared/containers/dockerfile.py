"""Dockerfiles: what the last stage is built on, sets, installs, and runs as.

    text ─ instructions ─▶ stages ─▶ the last one, with the stages that it is built on ─▶ Facts

Format: Docker's "Dockerfile reference": parser directives, continued lines, comments among them, here-documents.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from parity.declared.commands.line import of_text, of_words
from parity.declared.containers import shell
from parity.declared.containers.image import python_of
from parity.declared.containers.instructions import Instruction, instructions
from parity.declared.facts import DeclaredName, Dependency, Facts, Mount, Place, SystemPackage, User
from parity.probe.collectors.environment import is_name

_VARIABLE = re.compile(r"\$(?:(\w+)|\{(\w+)(?::?([-+])([^}]*))?\})", re.ASCII)
_ENTRY = re.compile(r"""((?:[^\s=\\"']|\\.)+)=((?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'\\])*)""", re.DOTALL)
_DEEPEST = 20


@dataclass(slots=True, eq=False)
class _Stage:
    base: str
    at: Place
    name: str = ""
    names: list[DeclaredName] = field(default_factory=list)
    arguments: list[DeclaredName] = field(default_factory=list)
    user: User | None = None
    mounts: list[Mount] = field(default_factory=list)
    packages: dict[str, SystemPackage] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    """apk's virtual packages: what was installed under their names."""
    dependencies: list[Dependency] = field(default_factory=list)
    commands: dict[str, Facts] = field(default_factory=dict)
    """{CMD, ENTRYPOINT or HEALTHCHECK: what it runs}; the last of each counts."""


def read(text: str, name: str) -> Facts:
    """What the image will have that is built of the file. Instructions that are none are passed over."""
    stages: list[_Stage] = []
    defaults: dict[str, str] = {}
    given: list[DeclaredName] = []
    for one in instructions(text):
        at = Place(name, one.line)
        if one.keyword == "FROM":
            stages.append(_from(one.text, at, defaults))
        elif one.keyword == "ARG":
            found = list(_arguments(one, name, defaults if not stages else None))
            (stages[-1].arguments if stages else given).extend(found)
        elif stages:
            _instruct(stages[-1], one, name)
    return _facts(stages, given) if stages else Facts()


def _from(text: str, at: Place, defaults: Mapping[str, str]) -> _Stage:
    words = [word for word in text.split() if not word.startswith("--")]
    base = _filled(words[0], defaults) if words else ""
    named = len(words) == 3 and words[1].upper() == "AS"
    return _Stage(base, at, words[2].lower() if named else "")


def _filled(word: str, values: Mapping[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        name, how, other = match[1] or match[2], match[3], match[4] or ""
        known = values.get(name, "")
        return (other if known else "") if how == "+" else known or (other if how == "-" else "")

    return _VARIABLE.sub(value, word)


def _arguments(one: Instruction, name: str, defaults: dict[str, str] | None) -> Iterator[DeclaredName]:
    for word in one.text.split():
        key, equals, value = word.partition("=")
        if is_name(key):
            if defaults is not None:
                defaults[key] = _filled(value.strip("\"'"), defaults)
            yield DeclaredName(key, Place(name, one.line_of(word)), bool(equals), not value)


def _instruct(stage: _Stage, one: Instruction, name: str) -> None:
    at = Place(name, one.line)
    if one.keyword == "ENV":
        stage.names += _environment(one, name)
    elif one.keyword == "USER" and one.text.strip() and "$" not in one.text:
        stage.user = User(one.text.split()[0], at)
    elif one.keyword == "VOLUME":
        paths = _list(one.text) or one.text.split()
        stage.mounts += [Mount(path, at) for path in paths if path.startswith("/") and "$" not in path]
    elif one.keyword in ("CMD", "ENTRYPOINT", "HEALTHCHECK"):
        stage.commands[one.keyword] = _started(one, at)
    elif one.keyword == "RUN":
        words = _list(one.text)
        commands = [[(word, one.line) for word in words]] if words else shell.commands(one)
        for command in commands:
            _run(stage, command, name)


def _started(one: Instruction, at: Place) -> Facts:
    text = one.text
    if one.keyword == "HEALTHCHECK":
        # Its options, then CMD and what that is of itself; or NONE.
        text = text.partition("CMD ")[2]
    words = _list(text)
    return of_words(words, at, certain=one.keyword != "CMD") if words else of_text(text, at)


def _environment(one: Instruction, name: str) -> Iterator[DeclaredName]:
    words = one.text.split(None, 1)
    if not words:
        return
    if "=" not in words[0]:
        # The older form: one name, and the rest of the line is its value.
        if is_name(words[0]):
            yield DeclaredName(words[0], Place(name, one.line), empty=len(words) == 1)
        return
    for text, line in one.parts:
        for key, value in _ENTRY.findall(text):
            if is_name(key):
                yield DeclaredName(key, Place(name, line), empty=value in ("", '""', "''"))


def _run(stage: _Stage, command: list[tuple[str, int]], name: str) -> None:
    for manager, action in shell.managed(command):
        if manager == "pip":
            stage.dependencies += shell.requirements(action, name)
        elif action.removes:
            for word, _ in action.words:
                for key in stage.groups.pop(word, [word]):
                    stage.packages.pop(key, None)
        else:
            found = list(shell.packages(manager, action, name))
            stage.packages.update({one.name: one for one in found})
            if action.group:
                stage.groups[action.group] = [one.name for one in found]


def _list(text: str) -> list[str]:
    """The strings of an instruction in JSON form; [] where it has another."""
    if not text.lstrip().startswith("["):
        return []
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _facts(stages: list[_Stage], given: list[DeclaredName]) -> Facts:
    chain = _chain(stages)
    python = python_of(chain[0].base, chain[0].at)
    names = {one.name: one for stage in chain for one in stage.names}
    packages: dict[str, SystemPackage] = {}
    for stage in chain:
        packages |= stage.packages
    users = [stage.user for stage in chain if stage.user]
    commands = Facts.joined({key: one for stage in chain for key, one in stage.commands.items()}.values())
    return Facts(
        read_names=commands.read_names,
        started=commands.started,
        dependencies=tuple(one for stage in chain for one in stage.dependencies),
        pythons=(python,) if python else (),
        declared_names=tuple(names.values()),
        build_arguments=(*given, *(one for stage in chain for one in stage.arguments)),
        system_packages=tuple(packages.values()),
        users=tuple(users[-1:]),
        mounts=tuple(one for stage in chain for one in stage.mounts),
    )


def _chain(stages: list[_Stage]) -> list[_Stage]:
    """The last stage after those that it is built on."""
    chain = [stages[-1]]
    while len(chain) < _DEEPEST:
        before = stages[: stages.index(chain[0])]
        base = chain[0].base
        found = next((one for one in reversed(before) if one.name and one.name == base.lower()), None)
        if found is None and base.isdecimal() and int(base) < len(before):
            found = before[int(base)]
        if found is None:
            break
        chain.insert(0, found)
    return chain
