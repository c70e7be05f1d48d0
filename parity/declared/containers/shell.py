"""The commands of a RUN instruction, as far as they install something.

A line of shell is taken apart by words and by what stands between commands, and no further: what is expanded, looped
over or written to a file first is not followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parity.declared.containers.instructions import Instruction
from parity.declared.dependencies import groups, requirement
from parity.declared.facts import Dependency, Place, SystemPackage

Word = tuple[str, int]
"""(text without its quotes, line)."""

_TOKEN = re.compile(r"""&&|\|\||[;|&(){}]|(?:\$\{[^}]*\}|"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s;|&(){}"'\\])+""", re.DOTALL)
_TO_A_SHELL = re.compile(r"(?:--\S+\s+)*(?:(?:/usr)?(?:/bin/)?(?:ba|da|a|z)?sh(?:\s+-\S+)*\s*)?<<")
_BETWEEN = frozenset({"&&", "||", ";", "|", "&", "(", ")", "{", "}"})
_QUOTES = re.compile(r"""["']""")
_BEFORE = frozenset({"sudo", "env", "exec", "command", "then", "do", "else", "if", "!", "time", "nice", "eatmydata"})
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")

_MANAGERS = {
    "apt-get": "debian",
    "apt": "debian",
    "aptitude": "debian",
    "apk": "apk",
    "dnf": "rpm",
    "microdnf": "rpm",
    "tdnf": "rpm",
    "yum": "rpm",
    "zypper": "rpm",
}
_INSTALL = frozenset({"install", "add", "in"})
_REMOVE = frozenset({"remove", "purge", "del", "erase", "autoremove"})
_WITH_VALUE = {
    "debian": frozenset({"-t", "--target-release", "-o", "--option", "-c"}),
    "apk": frozenset({"-t", "--virtual", "-X", "--repository", "-p", "--root"}),
    "rpm": frozenset({"-c", "--enablerepo", "--disablerepo", "--releasever", "--installroot", "--setopt", "-x"}),
    "pip": frozenset(
        {"-r", "--requirement", "-c", "--constraint", "-e", "--editable", "-i", "--index-url", "--extra-index-url"}
        | {"-f", "--find-links", "-t", "--target", "--prefix", "--root", "--trusted-host", "--timeout", "--platform"}
        | {"--only-binary", "--no-binary", "--python-version", "--python", "-p", "--group", "--cache-dir", "--proxy"}
    ),
}
_PACKAGE = re.compile(r"([A-Za-z0-9][A-Za-z0-9+._-]*)(?::[a-z0-9]+)?(?:/[\w.-]+)?(?:(~=|=|[<>]=?)(\S*))?\Z")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+:~_-]*\Z")
_PIP = re.compile(r"(?:.*/)?pip(?:\d(?:\.\d+)?)?\Z")
_PYTHON = re.compile(r"(?:.*/)?python(?:\d(?:\.\d+)?)?\Z")
_REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:\[[^\]]*\])?\s*(?:[<>=!~].*)?\Z")


@dataclass(frozen=True, slots=True)
class Action:
    """What a package manager is told to do."""

    words: tuple[Word, ...]
    """What is named, options left out."""
    removes: bool = False
    group: str = ""
    """apk's name for all that is installed at once (--virtual)."""


def commands(one: Instruction) -> list[list[Word]]:
    """The commands of a RUN instruction in shell form; a here-document that a shell reads is commands too."""
    found: list[list[Word]] = [[]]
    here = one.here if _TO_A_SHELL.match(one.text) else ()
    # Only within a here-document does the end of a line end a command.
    for text, line, ends in [
        *((*part, False) for part in one.parts),
        ("\n", one.line, True),
        *((*part, True) for part in here),
    ]:
        told = text.removesuffix("\\") if ends else text
        for token in _TOKEN.findall(told):
            if token.startswith("#") and ends:
                break
            if token in _BETWEEN:
                found.append([])
            else:
                found[-1].append((_QUOTES.sub("", token), line))
        if ends and told == text:
            found.append([])
    return [command for command in found if command]


def managed(command: list[Word]) -> Iterator[tuple[str, Action]]:
    """(kind of package manager, what it is told) where a command is one's."""
    words = list(command)
    while words and (words[0][0] in _BEFORE or words[0][0].startswith("--") or _ASSIGNMENT.match(words[0][0])):
        words.pop(0)
    if not words:
        return
    program = words.pop(0)[0]
    kind = _MANAGERS.get(program.rpartition("/")[2])
    if kind is None:
        kind = "pip"
        if program.rpartition("/")[2] == "uv" and words[:1] and words[0][0] == "pip":
            words.pop(0)
        elif _PYTHON.match(program) and [word for word, _ in words[:2]] == ["-m", "pip"]:
            del words[:2]
        elif not _PIP.match(program):
            return
    action = _action(kind, words)
    if action is not None:
        yield kind, action


def _action(kind: str, words: list[Word]) -> Action | None:
    verb, group, named = "", "", []
    skips, grouped = False, False
    for word, line in words:
        if skips or grouped:
            group = word if grouped else group
            skips = grouped = False
        elif word in _WITH_VALUE[kind]:
            grouped = kind == "apk" and word in ("-t", "--virtual")
            skips = not grouped
        elif word.startswith("--virtual=") and kind == "apk":
            group = word.partition("=")[2]
        elif word.startswith("-"):
            continue
        elif not verb:
            verb = word
        else:
            named.append((word, line))
    if verb not in _INSTALL and (verb not in _REMOVE or kind == "pip"):
        return None
    return Action(tuple(named), verb in _REMOVE, group)


def packages(manager: str, action: Action, name: str) -> Iterator[SystemPackage]:
    """The packages that are installed; what is a file, a URL or a variable is none."""
    for word, line in action.words:
        plain = word.partition("$")[0].rstrip("=") if "=" in word.partition("$")[0] else word
        match = _PACKAGE.match(plain)
        if match and not plain.endswith((".deb", ".rpm", ".apk")):
            version = match[3] if match[2] == "=" and _VERSION.match(match[3] or "") else None
            yield SystemPackage(match[1], Place(name, line), manager, version)


def requirements(action: Action, name: str) -> Iterator[Dependency]:
    """What pip is told to install by name; a path, a URL or a variable is none."""
    for word, line in action.words:
        if "$" not in word and _REQUIREMENT.match(word) and not word.endswith((".whl", ".zip", ".tar.gz")):
            found = requirement.read(word, Place(name, line), groups=(groups.MAIN,))
            if isinstance(found, Dependency):
                yield found
