"""Variables of the environment: declared where the project declares them, set where production's are set."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Kind
from parity.fix.context import Context
from parity.fix.deployment import (
    compose_service,
    constant,
    given,
    restarted,
    variable_of_pod,
    variable_of_service,
    workload,
)
from parity.fix.dockerfile import renamed
from parity.fix.model import Command, Edit, Remedy
from parity.fix.words import locale, path, variable, zone
from parity.policy.model import Finding

TITLE = "a variable that is missing, empty or misspelt"

_FLAGS = {
    "PYTHONUTF8": ("utf8_mode", "1"),
    "PYTHONOPTIMIZE": ("optimize", None),
    "PYTHONDEVMODE": ("dev_mode", "1"),
    "PYTHONUNBUFFERED": ("unbuffered", "1"),
    "PYTHONDONTWRITEBYTECODE": ("dont_write_bytecode", "1"),
    "PYTHONSAFEPATH": ("safe_path", "1"),
}
"""Variables of Python whose value the profile tells as a flag: {name: (flag, what sets it; None for its number)}."""

_QUIET = frozenset({"unread", "surroundings", "filled"})
_OWN_PATHS = frozenset({"PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME"})


def remedy(finding: Finding, context: Context) -> Iterator[Remedy]:
    """Set, unset or rename one variable."""
    rule = finding.id.partition(".")[2]
    if finding.section != "environment" or (rule in _QUIET and not context.named):
        return
    name = variable(finding.key)
    side = context.side(finding)
    if rule == "near-miss" and (meant := _meant(finding, context)) is not None:
        yield _renamed(name, meant, finding, context)
    elif finding.kind is Kind.EXTRA and side == "production":
        yield _unset(name, context)
    elif finding.kind is Kind.MISSING and side == "local":
        yield Remedy(
            f"unset {name} locally, as in production", "local", (Command(f"unset {name}", "for this shell", "local"),)
        )
    elif side == "local":
        yield _local(name, context)
    elif rule in ("shape", "value"):
        yield _as_it_is(name, finding, context)
    else:
        yield _set(name, context)


def known_value(name: str, context: Context, side: str = "local") -> str | None:
    """The value of a variable that is a recorded fact of closed form on that side; None for every other."""
    from_side = context.sides.local if side == "local" else context.sides.production
    python, times, locales = (
        from_side.sections[key].items if key in from_side.sections else {} for key in ("python", "time", "locale")
    )
    if name in _FLAGS:
        flag, value = _FLAGS[name]
        told = python.get(f"flags.{flag}")
        if told is False or told in (0, None):
            return None
        return value if value is not None else str(int(told)) if isinstance(told, int) else None
    if name == "TZ" and times.get("zone_source") == "variable" and isinstance(times.get("zone"), str):
        return zone(times["zone"])
    if name in ("LANG", "LC_ALL", "LC_CTYPE"):
        told = locales.get("lc_ctype")
        return locale(told) if isinstance(told, str) else "C.UTF-8" if locales.get("encoding") == "utf-8" else None
    return None


def _set(name: str, context: Context) -> Remedy:
    known = known_value(name, context)
    if known is None and name in ("LANG", "LC_ALL", "LC_CTYPE"):
        known = "C.UTF-8"
    if known is not None:
        edits, commands = constant(context, name, known)
        return Remedy(f"set {name}={known} in production", "production", tuple(commands), tuple(edits))
    if name == "PATH":
        python = context.python("production")
        if "/" in python:
            path(python)
            edits, commands = constant(context, "PATH", f"{python.rpartition('/')[0]}:$PATH")
            return Remedy(
                "put the directory of production's Python first on PATH", "production", tuple(commands), tuple(edits)
            )
    if name in _OWN_PATHS:
        note = f"the value of {name} is recorded nowhere: take it from the environment that works"
        return Remedy(f"set {name} in production", "production", tuple(given(context, name, None)), notes=(note,))
    asked = [*_example(name, context), *_asked_for(name, context)]
    ways = tuple(given(context, name, None))
    if any(one.path != context.repository.example for one in asked):
        ways = (*_value_of_service(name, context), *restarted(context))
    return Remedy(
        f"set {name} in production, and stop at its start without it",
        "production",
        ways,
        tuple(asked),
        variables=(name,),
    )


def _value_of_service(name: str, context: Context) -> Iterator[Command]:
    if compose_service(context) is not None:
        yield Command(
            f"export {name}", "hands the value on, from production's own store of secrets or its .env", "production"
        )
    elif workload(context) is not None and context.place.kind == "kubernetes":
        yield Command(f"read -rs {name}", "takes the value from the keyboard, and shows it nowhere", "production")
        keeper = context.place.keeper("create", "secret", "generic", _secret(name, context))
        yield Command(
            f'{keeper} --from-literal={name}="${name}"', "keeps it as the secret that the manifest names", "production"
        )


def _example(name: str, context: Context) -> Iterator[Edit]:
    """The name in the example of the dotenv file, at its end; a commented offer of it is left to a person."""
    if not context.repository.texts:
        return
    path = context.repository.example
    text = context.repository.texts.get(path, "")
    if re.search(rf"^[ \t]*(?:export[ \t]+)?{name}[ \t]*=", text, re.MULTILINE):
        return
    yield Edit(path, text.count("\n") + (1 if text.endswith("\n") or not text else 2), 0, (f"{name}=",))


def _asked_for(name: str, context: Context) -> Iterator[Edit]:
    """The variable in the compose file, which then refuses to start without it, or in the manifest, from a secret."""
    service, pod = compose_service(context), workload(context)
    edit = None
    if service is not None:
        required = f"${{{name}:?is not set}}"
        edit = variable_of_service(*service, name, required, f"{name}={required}")
    elif pod is not None:
        block = (
            f"name: {name}",
            "valueFrom:",
            "  secretKeyRef:",
            f"    name: {_secret(name, context)}",
            f"    key: {name}",
        )
        edit = variable_of_pod(pod[0], pod[2], block)
    if edit is not None:
        yield edit


def _secret(name: str, context: Context) -> str:
    return f"{context.workload or 'web'}-{name.lower().replace('_', '-')}"


def _local(name: str, context: Context) -> Remedy:
    known = known_value(name, context, "production")
    text = f"export {name}={known}" if known else f"export {name}=…"
    note = () if known else (f"the value of {name} is recorded nowhere: take it from where production's are kept",)
    return Remedy(
        f"set {name} locally",
        "local",
        (Command(text, "for this shell; a .env keeps it", "local"),),
        tuple(_example(name, context)),
        notes=note,
    )


def _unset(name: str, context: Context) -> Remedy:
    if name.startswith("PYTHON") and context.dockerfile is not None:
        edits, commands = constant(context, name, "")
        return Remedy(
            f"set {name} to nothing in production, which Python takes for not set",
            "production",
            tuple(commands),
            tuple(edits),
        )
    at = context.place
    if at.kind == "kubernetes":
        command = Command(at.keeper("set", "env", at.name, f"{name}-"), "takes it from the pods", "production")
    elif at.kind == "systemd":
        command = Command(
            f"sudo systemctl edit {at.name}", f"opens a file for [Service] and UnsetEnvironment={name}", "production"
        )
    else:
        command = Command(f"env -u {name} …", "starts the process without it", "production")
    return Remedy(f"take {name} out of production's environment", "production", (command,))


def _as_it_is(name: str, finding: Finding, context: Context) -> Remedy:
    note = f"{finding.why}; no value is recorded: compare the two by hand, quotes and spaces around them included"
    return Remedy(
        f"correct the value of {name} in production", "production", tuple(given(context, name, None)), notes=(note,)
    )


_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]{2,}")


def _meant(finding: Finding, context: Context) -> str | None:
    """The other of the two names that are mistaken for one another."""
    near = context.sides.use.near(finding.key) if context.sides.use is not None else None
    if near is not None:
        return variable(near)
    names = {name for side in context.sides.items("environment") for name in side}
    said = " ".join([finding.why, *finding.evidence])
    return next((word for word in _WORD.findall(said) if word != finding.key and word in names), None)


def _renamed(name: str, other: str, finding: Finding, context: Context) -> Remedy:
    """The name that the source reads, in each file that declares the other one."""
    use = context.sides.use
    read = name if use is None or use.read_at(name) or not use.read_at(other) else other
    wrong = other if read == name else name
    edits: list[Edit] = []
    for place in use.declared_at("environment", wrong) if use is not None else ():
        path, _, line = place.rpartition(":")
        if path in context.repository.texts and line.isdecimal():
            edits += renamed(path, context.repository.texts[path], wrong, read, [int(line)])
    commands = tuple(restarted(context)) if edits else tuple(given(context, read, None))
    return Remedy(f"call it {read}, as the source reads it, and not {wrong}", "production", commands, tuple(edits))
