"""Python packages: the version that works, by the tool that the project is installed with."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

from parity.fix import tools
from parity.fix.context import Context
from parity.fix.deployment import rebuilt, there
from parity.fix.model import Command, Edit, Remedy
from parity.fix.words import Refused, distribution, version
from parity.policy.model import Finding
from parity.profile.item import field
from parity.profile.model import Item

TITLE = "a package of another version, or none"

_OTHERWISE = frozenset({"unpinned", "unreadable", "wheel-there", "installer"})


def remedy(finding: Finding, context: Context) -> Iterator[Remedy]:
    """Install, change or take away one distribution."""
    rule = finding.id.partition(".")[2]
    if finding.section != "packages" or rule in _OTHERWISE:
        return
    name = distribution(finding.key)
    side = context.side(finding)
    target = context.wanted(side, "packages", finding.key)
    if finding.kind is None:
        yield _resolved(name, context)
    elif target is None:
        yield _gone(name, finding, context)
    elif side == "local":
        word = requirement(name, target)
        yield Remedy(f"install {word} locally", "local", (tools.here(context, word),), constraints=(word,))
    else:
        yield _deployed(name, target, finding, context)


def requirement(name: str, item: Item) -> str:
    """The exact requirement of what is installed: a version, or a commit of a repository. Raises Refused."""
    source, revision = field(item, "source"), field(item, "revision")
    if isinstance(source, str) and source.startswith("git ") and isinstance(revision, str):
        address = source.removeprefix("git ")
        if not revision.isalnum() or not address.replace("...", "").isprintable() or " " in address:
            raise Refused(f"the repository that {name} comes from is no address that a command may hold")
        return f"{distribution(name)} @ git+{address}@{revision}"
    if source == "local" or field(item, "editable") is True:
        raise Refused(f"{name} is installed from a checkout, and no index has it")
    return f"{distribution(name)}=={version(field(item, 'version'))}"


def _deployed(name: str, target: Item, finding: Finding, context: Context) -> Remedy:
    word = requirement(name, target)
    declared = context.sides.use.item("packages", name) if context.sides.use is not None else None
    locked = field(declared, "version") == field(target, "version") and declared is not None
    build = tuple(rebuilt(context))
    python = quote(context.place.python)
    direct = () if build else (_in_production(context, f"{python} -m pip install {quote(word)}"),)
    if locked:
        note = "the repository has this version already: production was not installed from it as it stands"
        title = f"install {word} in production as it is locked"
        return Remedy(title, "production", build or direct, constraints=(word,), notes=(note,))
    edits: tuple[Edit, ...] = ()
    if context.repository.texts and (
        finding.departs == "undeclared" or context.sides.use is None or declared is not None
    ):
        edits = tuple(tools.stated(context.repository, name, word))
    taken = () if edits and context.repository.tool == "pip" else (tools.add(context.repository, word),)
    commands = (*taken, *build, *direct) if context.repository.texts else direct
    return Remedy(f"install {word} in production", "production", commands, edits, (word,))


def _gone(name: str, finding: Finding, context: Context) -> Remedy:
    if context.side(finding) == "local":
        return Remedy(f"take {name} away locally: production does not have it", "local", (tools.gone(context, name),))
    python = quote(context.place.python)
    taken = _in_production(context, f"{python} -m pip uninstall --yes {name}")
    note = "what is taken away in a running container is back with its next start: build the image without it"
    return Remedy(f"take {name} away in production", "production", (taken,), notes=(note,))


def _resolved(name: str, context: Context) -> Remedy:
    build = tuple(rebuilt(context))
    add = tools.add(context.repository, name)
    return Remedy(
        f"declare {name}, and lock it", "production", (add, *build), tuple(tools.stated(context.repository, name, name))
    )


def _in_production(context: Context, command: str) -> Command:
    at = context.place
    text = there(context, command)
    if at.kind in ("docker", "compose"):
        # What serves seldom owns what it imports.
        terminal = ("-T",) if at.kind == "compose" else ()
        text = at.keeper("exec", "--user", "0", *terminal, at.name, "sh", "-c", command)
    return Command(text, "installs it where production runs, until the next deploy", "production")
