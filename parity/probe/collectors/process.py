"""The process that serves: who it is, what it may do, and whether it has a home to write to."""

import os

from parity.probe import access, accounts, capabilities, home
from parity.probe.kit import Section, Unavailable

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
    "exists": "exact",
    "readable": "exact",
    "writable": "exact",
}
SEVERITY = {"missing": "info", "changed": "info", "extra": "info"}
READS = ("/etc/passwd", "/etc/group")

_SECCOMP = {"0": "off", "1": "strict", "2": "filter"}
_COMMAND_LIMIT = 64
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
    _places(section, view, known)
    if process.serves and command(process):
        section.items["command"] = command(process)
    return section


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
    """What the process is called: the file name of argv[0], never an argument, or None.

    A server that renames itself may have written its arguments over argv[0]: then the executable's name.
    """
    for path in (process.argv[0] if process.argv else "", process.exe or ""):
        name = os.path.basename(path)
        if 0 < len(name) <= _COMMAND_LIMIT and _PATH.issuperset(path):
            return name
    return None
