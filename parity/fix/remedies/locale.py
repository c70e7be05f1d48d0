"""The locale: one that exists, and an encoding that is the same."""

from __future__ import annotations

from collections.abc import Iterator

from parity.fix.context import Context
from parity.fix.deployment import constant, rebuilt
from parity.fix.model import Command, Edit, Remedy, Side
from parity.fix.remedies.installs import as_root
from parity.fix.system import install, manager
from parity.fix.words import locale as checked
from parity.policy.model import Finding

TITLE = "a locale that does not exist, or another encoding"

_BUILT_IN = frozenset({"c", "posix", "c.utf-8", "c.utf8"})


def remedy(finding: Finding, context: Context) -> Iterator[Remedy]:
    """Generate a locale, or name one."""
    if finding.section != "locale":
        return
    side, rule = context.side(finding), finding.id.partition(".")[2]
    if rule in ("unavailable", "not-generated") or finding.key.startswith("available."):
        name = finding.key.removeprefix("available.")
        told = context.has(side, "locale", finding.key.removesuffix("_exists"))
        if finding.key.endswith("_exists") and isinstance(told, str):
            name = told
        yield _generated(checked(name), side, context)
    elif rule in ("encoding", "encoding-other", "category"):
        wanted = context.wanted(side, "locale", "lc_ctype" if "encoding" in finding.key else finding.key)
        wanted_encoding = context.wanted(side, "locale", "encoding")
        name = checked(wanted) if isinstance(wanted, str) else "C.UTF-8"
        if wanted_encoding == "utf-8" and name.lower() in ("c", "posix"):
            name = "C.UTF-8"
        variable = finding.key.upper() if finding.key.startswith("lc_") else "LANG"
        if context.has(side, "environment", "LC_ALL") is not None:
            variable = "LC_ALL"
        yield _named(name, variable, side, context)


def _named(name: str, variable: str, side: Side, context: Context) -> Remedy:
    if side == "local":
        return Remedy(
            f"set {variable}={name} locally", side, (Command(f"export {variable}={name}", "for this shell", "local"),)
        )
    edits, commands = constant(context, variable, name)
    notes: tuple[str, ...] = ()
    if name.lower() not in _BUILT_IN and context.has(side, "locale", f"available.{name}") is None:
        edit, lines = _generating(name, context)
        edits = [*edits, *edit]
        commands = [*lines, *commands]
        notes = ("it has to exist there, too: C.UTF-8 does everywhere, where only the encoding counts",)
    return Remedy(f"set {variable}={name} in production", side, tuple(commands), tuple(edits), notes=notes)


def _generated(name: str, side: Side, context: Context) -> Remedy:
    if side == "local":
        line = _line(name, manager(context, "local"))
        return Remedy(f"generate {name} locally", side, (Command(line, "as root", "local"),))
    edits, commands = _generating(name, context)
    return Remedy(f"generate {name} in production", side, tuple(commands), tuple(edits))


def _generating(name: str, context: Context) -> tuple[list[Edit], list[Command]]:
    line = _line(name, manager(context, "production"))
    edit = context.dockerfile.installed(line) if context.dockerfile is not None else None
    if edit is not None:
        return [edit], list(rebuilt(context))
    return [], [Command(as_root(context, line), "where production runs, until the next deploy", "production")]


def _line(name: str, kind: str) -> str:
    """One line of a shell that makes a locale exist."""
    language, _, rest = name.partition(".")
    charset = rest.partition("@")[0] or "UTF-8"
    charset = "UTF-8" if charset.lower().replace("-", "") == "utf8" else charset.upper()
    if kind == "dnf":
        return install(kind, f"glibc-langpack-{language.partition('_')[0].lower()}")
    if kind == "apk":
        return install(kind, "musl-locales", "musl-locales-lang")
    written = f"{language}.{charset}" if rest else language
    generate = f"echo '{written} {charset}' >> /etc/locale.gen && locale-gen"
    return f"{install(kind, 'locales')} && {generate}"
