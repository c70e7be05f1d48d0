"""Packages of the operating system: those that a library, a program or the program's own list needs."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

from parity.diff.model import Kind
from parity.fix.context import Context
from parity.fix.deployment import rebuilt, there
from parity.fix.model import Command, Remedy, Side
from parity.fix.system import install, library, manager, program
from parity.fix.words import Refused, system_package
from parity.policy.model import Finding
from parity.profile.item import field

TITLE = "a system package, a shared library or a program that is not there"


def remedy(finding: Finding, context: Context) -> Iterator[Remedy]:
    """Install what provides it."""
    side = context.side(finding)
    if finding.section == "system_packages" and context.wanted(side, "system_packages", finding.key) is not None:
        if finding.kind is Kind.CHANGED:
            return
        yield installed(context, side, system_package(finding.key.partition(":")[0]))
    elif finding.section == "libraries" and finding.id.partition(".")[2] in ("unresolved", "missing", "resolved"):
        if field(context.has(side, "libraries", finding.key), "resolved") is not True:
            name, known = library(context, manager(context, side), finding.key)
            note = (
                ()
                if known
                else (f"{name} is what the distribution's rule for names says: apt-file search {finding.key}",)
            )
            yield installed(context, side, name, *note)
    elif finding.section == "executables" and context.has(side, "executables", finding.key) is None:
        yield installed(context, side, program(manager(context, side), system_package(finding.key)))


def installed(context: Context, side: Side, name: str, *notes: str) -> Remedy:
    """One package, in the image where production is made of one."""
    line = install(manager(context, side), name)
    if side == "local":
        command = Command(f"sudo sh -c {quote(line)}", "as root", "local")
        return Remedy(f"install {name} locally", "local", (command,), notes=notes)
    edit = context.dockerfile.installed(line) if context.dockerfile is not None else None
    if edit is not None:
        return Remedy(
            f"install {name} in production's image", "production", tuple(rebuilt(context)), (edit,), notes=notes
        )
    command = Command(as_root(context, line), "installs it where production runs, until the next deploy", "production")
    return Remedy(f"install {name} in production", "production", (command,), notes=notes)


def as_root(context: Context, line: str) -> str:
    """A line of a shell, run as root where production runs. Raises Refused where there is no way to."""
    at = context.place
    if at.kind == "docker":
        return at.keeper("exec", "--user", "0", at.name, "sh", "-c", line)
    if at.kind == "compose":
        return at.keeper("exec", "--user", "0", "-T", at.name, "sh", "-c", line)
    if at.kind == "kubernetes":
        raise Refused("a pod's files are its image's: install it there; no Dockerfile was read (--declared DIR)")
    return there(context, f"sudo sh -c {quote(line)}")
