"""Mounts and paths: whether what the process writes locally can be written in production."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parity.diff.model import Difference, Kind
from parity.policy.model import Finding, Rule, Severity, Sides, finding
from parity.policy.words import amount
from parity.profile.item import field
from parity.profile.model import Field, Item

RULES = {
    "not-writable": Rule(Severity.ERROR, "a path that the process can write locally and not in production"),
    "not-readable": Rule(Severity.ERROR, "a path that the process can read locally and not in production"),
    "gone": Rule(Severity.ERROR, "a path that the process can write locally and that production does not have"),
    "not-mounted": Rule(Severity.ERROR, "a volume that is mounted locally, or declared, and not mounted in production"),
    "small": Rule(Severity.WARNING, "a file system in memory that holds much less in production"),
    "missing": Rule(Severity.INFO, "a mount that only local has, and that the process cannot write"),
    "owner": Rule(Severity.INFO, "another owner, group or mode, and the process can do what it could"),
    "options": Rule(Severity.INFO, "mounted in another way, and the process can do what it could"),
    "extra": Rule(Severity.INFO, "a mount or path that only production has"),
}

_OWNER = ("uid", "gid", "mode")


def judge(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """One finding for each path: what the process can no longer do goes before how that came about."""
    uid = sides.items("process")[1].get("uid")
    for one in differences:
        if one.kind is Kind.EXTRA:
            yield _extra(one)
        elif one.kind is Kind.MISSING:
            yield _missing(one)
        else:
            yield _gone(one) or _of_root(one, sides) or _lost(one, uid) or _small(one) or _rest(one)


def _extra(one: Difference) -> Finding:
    if field(one.production, "mounted") is False:
        why = (
            "the image declares a volume there, and production mounts nothing: what is written goes with the container"
        )
        return finding("not-mounted", one, Severity.INFO, why)
    small = None if one.key.startswith(_RUNTIME) else _small(one)
    return small or finding("extra", one, Severity.INFO, "only production has it", _BRIEF)


_BRIEF = ("kind", "user", "mode", "writable")


def _missing(one: Difference) -> Finding:
    if not field(one.local, "writable"):
        return finding("missing", one, Severity.INFO, "production has no mount there", _BRIEF)
    if field(one.local, "kind") in ("directory", "file"):
        why = "the process can write there locally, and production does not have it"
        return finding("gone", one, Severity.ERROR, why, _BRIEF)
    why = "the process can write to this mount locally, and production mounts nothing there"
    return finding("not-mounted", one, Severity.ERROR, why, _BRIEF)


def _gone(one: Difference) -> Finding | None:
    local, production = one.local, one.production
    if field(production, "mounted") is False and field(local, "mounted") is not False:
        why = "production mounts nothing there: what is written goes with the container"
        severity = Severity.ERROR if field(local, "writable") else Severity.INFO
        return finding("not-mounted", one, severity, why, ("kind", "mounted"))
    if field(production, "exists") is False and field(local, "exists"):
        severity = Severity.ERROR if field(local, "writable") else Severity.INFO
        return finding("gone", one, severity, "the path is there locally and not in production", ("exists",))
    return None


def _lost(one: Difference, uid: Item) -> Finding | None:
    local, production = one.local, one.production
    if field(local, "writable") and field(production, "writable") is False:
        names = (
            "writable",
            *(name for name in ("read_only", *_OWNER) if field(local, name) != field(production, name)),
        )
        if _roots_own(one):
            return finding("owner", one, Severity.INFO, "only root makes files directly in / there, as is usual", names)
        return finding("not-writable", one, Severity.ERROR, _reason(production, uid, "write"), names)
    if field(local, "readable") and field(production, "readable") is False:
        names = ("readable", *(name for name in _OWNER if field(local, name) != field(production, name)))
        return finding("not-readable", one, Severity.ERROR, _reason(production, uid, "read"), names)
    return None


def _of_root(one: Difference, sides: Sides) -> Finding | None:
    local, production = (items.get("read_only_root") for items in sides.items("process"))
    if one.key != "/" or not production or local or not field(one.local, "writable"):
        return None
    why = "production's root file system is read-only, which is told as a fact of the process"
    return finding("not-writable", one, Severity.INFO, why, ("read_only", "writable"))


def _roots_own(one: Difference) -> bool:
    # A program that serves as root may write into / itself, and hardly one does: what is mounted read-only counts.
    return one.key == "/" and not field(one.production, "read_only") and field(one.production, "uid") == 0


def _reason(production: Item, uid: Item, verb: str) -> str:
    if verb == "write" and field(production, "read_only"):
        return "the process cannot write there in production: it is mounted read-only"
    owner, mode = field(production, "uid"), field(production, "mode")
    if uid is None or owner is None or owner == uid:
        return f"the process cannot {verb} there in production" + (f": its mode is {mode}" if mode else "")
    user = field(production, "user")
    name = f"{user} ({owner})" if user else f"uid {owner}"
    return f"the process cannot {verb} there in production: it runs as uid {uid}, and {name} owns it, mode {mode}"


def _small(one: Difference) -> Finding | None:
    local, production = field(one.local, "size"), field(one.production, "size")
    if not isinstance(production, int) or field(one.production, "writable") is False or not _little(local, production):
        return None
    more = f", and local {amount(local)}" if isinstance(local, int) else ""
    why = f"production keeps it in memory and holds {amount(production)} there{more}: then OSError (ENOSPC)"
    return finding("small", one, Severity.WARNING, why, ("kind", "size"))


def _little(local: Field, production: Field) -> bool:
    """Whether a size is so small, or so much smaller than the local one, that what fits there may not fit here."""
    if not isinstance(production, int):
        return False
    if not isinstance(local, int):
        return production < _LITTLE
    return production < local and (production < _LITTLE or (production * 4 <= local and production < _MUCH))


_LITTLE, _MUCH = 64 << 20, 1 << 30
"""Bytes: engines give shared memory the first; from the second on, the size of the machine is what differs."""

_RUNTIME = ("/run/", "/var/run/", "/dev/")
"""Where systems mount small file systems of their own."""


def _rest(one: Difference) -> Finding:
    names = tuple(each.name for each in one.fields)
    if names == ("size",):
        return finding("options", one, Severity.INFO, "the file system in memory has another size")
    if None in (field(one.local, "writable"), field(one.production, "writable")):
        return finding("options", one, Severity.INFO, "mounted in another way; what the process can do is not known")
    if set(names) <= {*_OWNER, "writable", "readable"}:
        return finding("owner", one, Severity.INFO, "another owner or mode, and the process can do what it could")
    return finding("options", one, Severity.INFO, "mounted in another way, and the process can do what it could")
