"""The process that serves: who it is, what it may do, and whether it has a home to write to."""

import os
import re

from parity.probe.kit import Section, Unavailable
from parity.probe.process import access, accounts, arguments, capabilities, home, mountinfo, servers

TITLE = "Process"
WHY = "another user, umask or set of capabilities, or a home that cannot be written, fails only when it is used"
COMPARED = {
    "uid": "exact",
    "gid": "exact",
    "passwd_entry": "exact",
    "umask": "exact",
    "no_new_privileges": "exact",
    "seccomp": "exact",
    "read_only_root": "exact",
    "ids": "set",
    "effective": "set",
    "names": "set",
    "command": "exact",
    "workers": "exact",
    "exists": "exact",
    "readable": "exact",
    "writable": "exact",
}
SEVERITY = {"missing": "info", "changed": "info", "extra": "info"}
READS = ("/etc/passwd", "/etc/group")

_SECCOMP = {"0": "off", "1": "strict", "2": "filter"}
_SIGNALS = (
    ["", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM"]
    + ["TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF"]
    + ["WINCH", "IO", "PWR", "SYS"]
)
"""By number, from 1: signal(7), of every machine but MIPS, SPARC and PA-RISC."""
_PYTHONS = frozenset(["SIGPIPE", "SIGXFSZ"])
"""What Python itself ignores."""
_COMMAND_LIMIT = 64
_MODULE = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,63}\Z")
_PATH = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-/")


def collect(view):
    process = view.process
    if process is None or not process.runs:
        raise Unavailable("it takes a running process")
    if process.uid is None:
        raise Unavailable(process.refused.get("status", "the kernel does not tell"))
    section = Section()
    known = accounts.read(view)
    section.items = {
        "uid": process.uid,
        "gid": process.gid,
        "user": known.users.get(process.uid),
        "groups": {"ids": sorted(str(group) for group in process.groups)},
    }
    if known.readable:
        section.items["passwd_entry"] = process.uid in known.homes
    else:
        section.hide("passwd_entry", "/etc/passwd could not be read")
    _privileges(section, process)
    _signals(section, process)
    _places(section, view, known)
    if process.serves:
        _started(section, process)
    return section


def _started(section, process):
    facts = {"command": command(process), "workers": servers.workers(process)}
    section.items.update((key, fact) for key, fact in facts.items() if fact is not None)
    if process.environ is None and servers.known(process) and "workers" not in section.items:
        section.hide("workers", "the environment could not be read, and may tell it")


def _privileges(section, process):
    status = process.status
    facts = {
        "umask": status.get("Umask"),
        "no_new_privileges": {"0": False, "1": True}.get(status.get("NoNewPrivs")),
        "seccomp": _SECCOMP.get(status.get("Seccomp")),
        "read_only_root": None,
    }
    root = process.mounts.holding("/") if process.mounts else None
    if root is not None:
        facts["read_only_root"] = root.read_only
    if process.capabilities is not None:
        facts["capabilities"] = {"effective": capabilities.names(process.capabilities)}
    else:
        facts["capabilities"] = None
    for key, fact in facts.items():
        if fact is None:
            section.hide(key, "the kernel does not tell all of it")
        else:
            section.items[key] = fact


def _signals(section, process):
    """Signals that do nothing to the process: what was ignored or blocked when it was started stays so, in its children
    too."""
    for key, field in (("ignored_signals", "SigIgn"), ("blocked_signals", "SigBlk")):
        mask = process.status.get(field)
        if mask is None:
            section.hide(key, "the kernel does not tell all of it")
            continue
        names = ["SIG" + name for number, name in enumerate(_SIGNALS) if name and int(mask, 16) >> (number - 1) & 1]
        names = sorted(set(names) - _PYTHONS)
        if names:
            section.items[key] = {"names": names}


def _places(section, view, known):
    process = view.process
    own_home, origin = home.directory(process, known)
    if process.environ is None:
        # HOME may be set to anything there: what passwd says would be a guess.
        section.hide("home", "the environment could not be read: " + process.refused.get("environ", "not told"))
        own_home = None
    places = {"home": own_home, "working_directory": process.cwd}
    facts, reasons = access.look(view, [path for path in places.values() if path])
    for key, path in places.items():
        if path in reasons:
            section.hide(key, reasons[path])
        elif path:
            item = {"path": home.shortened(path, process, own_home), "exists": facts[path]["exists"]}
            if item["exists"]:
                item.update({name: facts[path][name] for name in ("readable", "writable")})
            section.items[key] = item
    if process.cwd is None:
        section.hide("working_directory", process.refused.get("cwd", "the kernel does not tell"))
    if "home" in section.items:
        section.items["home"]["from"] = origin
    elif "home" not in section.hidden:
        section.items["home"] = {"path": None, "exists": False, "from": None}


def command(process):
    """How the process was started: "script NAME.py", "module NAME", "program NAME"; or None.

    Names alone: of a script its path below the working directory, else its file name, of a program that installed
    itself among others its name. Never an argument. A server that renames itself may have written its arguments over
    argv[0]: then the executable's name is all that is known.
    """
    given = arguments.command(process)
    if given.runs == "m":
        return "module " + given.module if _MODULE.match(given.module) else None
    if given.runs == "script":
        return _script(given.script, process.cwd or "/")
    for path in (process.argv[0] if process.argv else "", process.exe or ""):
        name = os.path.basename(path)
        if 0 < len(name) <= _COMMAND_LIMIT and _PATH.issuperset(path):
            return "program " + name
    return None


def _script(given, cwd):
    whole = os.path.normpath(os.path.join(cwd, given))
    name = os.path.basename(whole)
    if not _PATH.issuperset(whole) or len(name) > _COMMAND_LIMIT:
        return None
    if os.path.basename(os.path.dirname(whole)) in ("bin", "sbin"):
        return "program " + name
    below = whole[len(cwd.rstrip("/")) + 1 :] if mountinfo.below(whole, cwd) and cwd != "/" else name
    return "script " + (below if len(below) <= _COMMAND_LIMIT else name)
