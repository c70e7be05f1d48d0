"""Files of the program that production does not have, or has otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from shlex import quote

from parity.fix.context import Context
from parity.fix.deployment import rebuilt, there
from parity.fix.model import Command, Edit, Remedy
from parity.fix.words import Refused
from parity.fix.words import path as checked
from parity.policy.model import Finding
from parity.profile.item import field
from parity.text import visible

TITLE = "a file of the program that was not deployed"


def remedy(finding: Finding, context: Context) -> Iterator[Remedy]:
    """Deploy the file as the commit has it."""
    rule = finding.id.partition(".")[2]
    if finding.section != "source" or rule in ("commit", "other", "only-production", "elsewhere"):
        return
    side = context.side(finding)
    if side == "local":
        command = Command(f"git status -- {_path(finding.key)}", "what differs from the commit", "repository")
        yield Remedy("commit it, or put it back", side, (command,))
        return
    path = _path(finding.key)
    if rule == "stale-bytecode":
        text = f"find {_directory(context)} -name __pycache__ -type d -prune -exec rm -r {{}} +"
        command = Command(there(context, text), "takes bytecode away that no source stands behind", "production")
        yield Remedy("take stale bytecode away", side, (command, *rebuilt(context)))
    elif rule == "not-executable":
        command = Command(
            f"chmod +x {path} && git update-index --chmod=+x {path}",
            "an image takes the file as it stands, a clone as the repository has it",
            "repository",
        )
        yield Remedy(f"make {visible(finding.key)} executable", side, (command, *rebuilt(context)))
    elif rule == "line-ends":
        command = Command(f"git add --renormalize {path}", "with `* text=auto eol=lf` in .gitattributes", "repository")
        yield Remedy("keep line ends as production needs them", side, (command, *rebuilt(context)))
    elif rule == "case":
        command = Command(
            f"git ls-files --stage {path}",
            "how the repository spells it: file systems of laptops may not tell",
            "repository",
        )
        yield Remedy("spell it as what uses it does: git mv keeps the history", side, (command,))
    else:
        yield _deployed(path, finding, context)


def _directory(context: Context) -> str:
    """The directory of production's program; only a container's own working directory needs no name."""
    where = field(context.has("production", "process", "working_directory"), "path")
    if isinstance(where, str) and where.strip("/"):
        return checked(where)
    return "." if context.place.kind in ("docker", "compose", "kubernetes") else "DIR"


def _deployed(path: str, finding: Finding, context: Context) -> Remedy:
    commands = [
        Command(f"git check-ignore --verbose {path}", "whether git leaves it out: no output is a no", "repository")
    ]
    edits: list[Edit] = []
    ignored = context.repository.texts.get(".dockerignore", "")
    for number, line in enumerate(ignored.split("\n"), 1):
        pattern = line.strip().strip("/")
        if pattern and not pattern.startswith(("#", "!")) and _covers(pattern, finding.key):
            edits.append(Edit(".dockerignore", number + 1, 0, (f"!{finding.key}",)))
            break
    return Remedy(f"deploy {visible(finding.key)}", "production", (*commands, *rebuilt(context)), tuple(edits))


def _covers(pattern: str, path: str) -> bool:
    """Whether a line of .dockerignore leaves a path out; of the patterns those that Go's filepath.Match knows."""
    written = (
        re.escape(pattern)
        .replace(r"\*\*/", "(?:.*/)?")
        .replace(r"\*\*", ".*")
        .replace(r"\*", "[^/]*")
        .replace(r"\?", "[^/]")
    )
    return re.fullmatch(f"{written}(?:/.*)?", path) is not None


def _path(key: str) -> str:
    if key != visible(key):
        raise Refused("the name of the file holds what no command should")
    return quote(key if not key.startswith("-") else f"./{key}")
