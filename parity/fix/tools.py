"""What each tool that installs a project calls the same three things: take a version, install the lock, look again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from shlex import quote

from parity.fix.context import Context
from parity.fix.model import Command, Edit
from parity.fix.repository import Repository

_ADD = {
    "uv": "uv add {word}",
    "poetry": "poetry add {word}",
    "pipenv": "pipenv install {word}",
    "pip-tools": "pip-compile --upgrade-package {word} {source}",
    "pip": "python -m pip install {word}",
}
_SYNC = {
    "uv": "uv sync --locked",
    "poetry": "poetry sync",
    "pipenv": "pipenv sync",
    "pip-tools": "pip-sync {lock}",
    "pip": "python -m pip install --requirement {lock}",
}
_BY_UV = "uv pip compile --upgrade-package {word} {source} --output-file {lock}", "uv pip sync {lock}"
"""What stands in the place of pip-compile and pip-sync where uv compiled the requirements."""
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")


def add(repository: Repository, word: str) -> Command:
    """Ask for a requirement and lock it, as the project's tool does."""
    source = quote(repository.source or "requirements.in")
    text = _BY_UV[0] if _by_uv(repository) else _ADD[repository.tool]
    text = text.format(word=quote(word), source=source, lock=_lock(repository))
    return Command(text, "takes this version into the project, and locks it", "repository")


def sync(repository: Repository) -> Command:
    """Install what the lock says and nothing else."""
    text = _BY_UV[1] if _by_uv(repository) else _SYNC[repository.tool]
    return Command(text.format(lock=_lock(repository)), "installs what is locked", "repository")


def _by_uv(repository: Repository) -> bool:
    return repository.tool == "pip-tools" and repository.compiled_by_uv


def _lock(repository: Repository) -> str:
    return quote(repository.requirements or "requirements.txt")


def here(context: Context, word: str) -> Command:
    """Install one version where it works, whatever the project says."""
    if context.repository.tool == "uv":
        return Command(f"uv pip install {quote(word)}", "installs it in the environment here", "local")
    if context.repository.tool in ("poetry", "pipenv"):
        run = context.repository.tool
        return Command(f"{run} run pip install {quote(word)}", "installs it in the environment here", "local")
    python = quote(context.python("local"))
    return Command(f"{python} -m pip install {quote(word)}", "installs it in the environment here", "local")


def gone(context: Context, name: str) -> Command:
    """Take one away where it works."""
    if context.repository.tool == "uv":
        return Command(f"uv pip uninstall {quote(name)}", "takes it away here", "local")
    return Command(
        f"{quote(context.python('local'))} -m pip uninstall --yes {quote(name)}", "takes it away here", "local"
    )


def stated(repository: Repository, name: str, word: str) -> Iterator[Edit]:
    """The requirement in the file that the project states its own in: in the place of the one that is there, else
    after the last. A lock is not edited by hand: its tool writes it."""
    normal = _normal(name)
    source = repository.source
    if source is not None and repository.tool in ("pip", "pip-tools"):
        yield from _in_lines(source, repository.texts[source], normal, word)
    elif "pyproject.toml" in repository.texts and repository.tool in ("uv", "pip"):
        yield from _in_array("pyproject.toml", repository.texts["pyproject.toml"], normal, word)


def _in_lines(path: str, text: str, name: str, word: str) -> Iterator[Edit]:
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        match = _NAME.match(line)
        if match is not None and _normal(match[0]) == name:
            if "--hash" in line or line.rstrip("\r").endswith("\\"):
                return
            rest = line.rstrip("\r")
            marker = (
                f" {rest[rest.index(';') :]}" if ";" in rest else f"  {rest[rest.index('#') :]}" if " #" in rest else ""
            )
            yield Edit(path, number, 1, (f"{word}{marker}",))
            return
    if "--hash" not in text:
        yield Edit(path, len(lines) + (0 if text.endswith("\n") else 1), 0, (word,))


def _in_array(path: str, text: str, name: str, word: str) -> Iterator[Edit]:
    """In `dependencies` of [project], where that is an array with an element on each line."""
    table = ""
    inside = False
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not inside and line.startswith("["):
            table = line
        if inside:
            match = re.match(r"""\s*(["'])\s*([A-Za-z0-9._-]+)""", raw)
            if match is not None and _normal(match[2]) == name:
                quoted = re.match(r"""(\s*)(["'])(.*?)\2(.*)""", raw.rstrip("\r"))
                if quoted is not None:
                    marker = f" {quoted[3][quoted[3].index(';') :]}" if ";" in quoted[3] else ""
                    yield Edit(path, number, 1, (f"{quoted[1]}{quoted[2]}{word}{marker}{quoted[2]}{quoted[4]}",))
                return
            if line.startswith("]"):
                before = text.split("\n")[number - 2].rstrip("\r")
                if before.partition("#")[0].rstrip().endswith((",", "[")):
                    yield Edit(path, number, 0, (f'    "{word}",',))
                return
        elif table == "[project]" and re.match(r"dependencies\s*=\s*\[\s*(?:#.*)?\Z", line):
            inside = True
        elif table == "[project]" and (
            one := re.match(r"(dependencies\s*=\s*\[)(.*)(\]\s*(?:#.*)?)\Z", raw.rstrip("\r"))
        ):
            yield from _on_one_line(path, number, one, name, word)
            return


def _on_one_line(path: str, number: int, match: re.Match[str], name: str, word: str) -> Iterator[Edit]:
    """dependencies = ["a", "b==1"]"""
    words = re.findall(r"""(["'])(.*?)\1""", match[2])
    kept = [text for _, text in words]
    found = [place for place, text in enumerate(kept) if (one := _NAME.match(text)) and _normal(one[0]) == name]
    if found:
        kept[found[0]] = word
    else:
        kept.append(word)
    if any('"' in text for text in kept):
        return
    yield Edit(path, number, 1, (match[1] + ", ".join(f'"{text}"' for text in kept) + match[3],))


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
