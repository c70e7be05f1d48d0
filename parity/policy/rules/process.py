"""The process that serves: who it is, what it may do, and where it can write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parity.diff.model import Difference, Kind
from parity.policy.known_packages import writes_home
from parity.policy.model import Finding, Rule, Severity, Sides, finding
from parity.policy.words import listed
from parity.profile.item import field
from parity.profile.model import Item

RULES = {
    "home": Rule(Severity.WARNING, "a home that can be written locally and not in production"),
    "read-only-root": Rule(Severity.WARNING, "production's root file system is read-only"),
    "working-directory": Rule(
        Severity.WARNING, "a working directory that can be written locally and not in production"
    ),
    "passwd-entry": Rule(Severity.WARNING, "the uid has an entry in /etc/passwd locally and not in production"),
    "identity": Rule(Severity.INFO, "another uid, gid or groups"),
    "command": Rule(Severity.WARNING, "the same code started as a module and as a script, or by another program"),
    "signals": Rule(Severity.WARNING, "signals that do nothing to the process, for it was started so"),
    "workers": Rule(Severity.INFO, "another number of worker processes"),
    "privileges": Rule(Severity.INFO, "other capabilities, another umask, seccomp or no-new-privileges"),
    "other": Rule(Severity.INFO, "another fact of the process"),
}

_SENTENCES = {
    "uid": ("identity", "the process runs as another user: what it may read and write follows from that"),
    "gid": ("identity", "the process runs in another group"),
    "groups": ("identity", "the process is in other groups"),
    "capabilities": ("privileges", "the kernel lets the process do other things"),
    "no_new_privileges": ("privileges", "setuid programs such as sudo and ping gain nothing where it is set"),
    "seccomp": ("privileges", "system calls are filtered in another way"),
    "umask": ("privileges", "files that the process creates get another mode"),
}


def judge(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """One finding for each key."""
    for one in differences:
        if one.key in ("home", "working_directory") and one.kind is not Kind.EXTRA:
            yield _place(one, sides, read_only=any(map(_turns_read_only, differences)))
        elif one.key == "passwd_entry" and one.local and not one.production:
            yield _nameless(one, sides)
        elif one.key in ("ignored_signals", "blocked_signals"):
            yield _deaf(one)
        elif one.key in ("command", "workers"):
            # Where nothing serves, on a desk, there is none.
            if one.kind is Kind.CHANGED:
                yield _command(one) if one.key == "command" else _workers(one)
        elif _turns_read_only(one):
            why = "production's root file system is read-only: only mounted paths can be written"
            yield finding("read-only-root", one, Severity.WARNING, why)
        elif one.key == "uid" and one.local == 0 and isinstance(one.production, int):
            why = "production does not run as root: what only root may open, own or listen on fails there"
            yield finding("identity", one, Severity.WARNING, why)
        else:
            rule, why = _SENTENCES.get(one.key, ("other", "the process is set up in another way"))
            yield finding(rule, one, Severity.INFO, why)


def _turns_read_only(one: Difference) -> bool:
    return one.key == "read_only_root" and bool(one.production) and not one.local


def _nameless(one: Difference, sides: Sides) -> Finding:
    """A uid without an entry: only what asks for the name behind it notices."""
    place = sides.use.standard_at("getpass", "pwd") if sides.use is not None else None
    why = "production's uid has no entry in /etc/passwd: getpass.getuser() and ~ raise there"
    if place == "":
        why = "production's uid has no entry in /etc/passwd, and the source asks for no user's name"
        return finding("passwd-entry", one, Severity.INFO, why)
    evidence = (f"the user's name is asked for at {place}",) if place else ()
    return finding("passwd-entry", one, Severity.WARNING, why, evidence=evidence)


def _command(one: Difference) -> Finding:
    local, production = (str(item).partition(" ") for item in (one.local, one.production))
    if {local[0], production[0]} == {"module", "script"} and _dotted(local) == _dotted(production):
        if production[0] == "script":
            why = "production starts it as a script, without its package: relative imports fail there"
        else:
            why = "production starts it as a module: the script's own directory is not on the path there"
        return finding("command", one, Severity.WARNING, why)
    return finding("command", one, Severity.INFO, "production is started in another way")


def _deaf(one: Difference) -> Finding:
    """What stops a program is the one signal that matters where it is not heard."""
    more = sorted({*_listed(one.production)} - {*_listed(one.local)})
    how = "ignores" if one.key == "ignored_signals" else "blocks"
    stops = [name for name in more if name in _STOPPING]
    if stops:
        why = (
            f"production {how} {listed(stops, 'and')} from its start, and so do its children: it is killed, not stopped"
        )
        return finding("signals", one, Severity.WARNING, why)
    return finding("signals", one, Severity.INFO, "other signals do nothing to the process, for it was started so")


_STOPPING = ("SIGTERM", "SIGINT", "SIGCHLD", "SIGALRM")


def _listed(item: Item) -> tuple[str, ...]:
    held = field(item, "names")
    return held if isinstance(held, tuple) else ()


def _dotted(command: tuple[str, str, str]) -> str:
    """The dotted name of a module: that of a package is the one of its `__main__`."""
    name = command[2].removesuffix(".py").replace("/", ".") if command[0] == "script" else command[2]
    return name.removeprefix("src.").removesuffix(".__main__")


def _workers(one: Difference) -> Finding:
    why = "another number of workers shares memory, processors and the connections of a database"
    return finding("workers", one, Severity.INFO, why)


def _place(one: Difference, sides: Sides, *, read_only: bool) -> Finding:
    name = "home" if one.key == "home" else "working directory"
    rule = one.key.replace("_", "-")
    if not field(one.local, "writable") or field(one.production, "writable"):
        return finding("other", one, Severity.INFO, f"the {name} is not the same, and the process can do what it could")
    writer = _writer(sides) if one.key == "home" else None
    if read_only and writer is None:
        why = f"the process cannot write to its {name} in production: its root is read-only, which is told by itself"
        return finding(rule, one, Severity.INFO, why, ("path", "writable"))
    if writer is None and _told_by_uid(one, sides):
        why = f"the process cannot write to its {name} in production: it is not root there, which is told by itself"
        return finding(rule, one, Severity.INFO, why, ("path", "writable"))
    if rule == "working-directory":
        why = "the process cannot write to its working directory in production: relative paths fail there"
        return finding(rule, one, Severity.WARNING, why, ("path", "writable"))
    if field(one.production, "exists"):
        how = "cannot write to its home in production"
    else:
        how = "has no home in production"
    why = f"the process {how}: caches and settings that libraries keep there fail"
    if writer is None:
        return finding(rule, one, Severity.WARNING, why, ("path", "writable"))
    return finding(rule, one, Severity.ERROR, why, ("path", "writable"), (f"{writer} keeps files there",))


def _told_by_uid(one: Difference, sides: Sides) -> bool:
    """Whether root could write at a path where production's user cannot: the same path, or a home that there is."""
    local, production = (items.get("uid") for items in sides.items("process"))
    there = field(one.production, "exists") is not False
    same = one.key == "home" or field(one.local, "path") == field(one.production, "path")
    return local == 0 and isinstance(production, int) and production != 0 and there and same


def _writer(sides: Sides) -> str | None:
    """A package of production that keeps files below the home, and is not known to be unused."""
    there = (name for name in sides.items("packages")[1] if writes_home(name))
    return next((name for name in there if sides.use is None or not sides.use.unused(name)), None)
