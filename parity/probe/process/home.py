"""The home directory of a process, and paths that do not tell whose it is.

Where nothing serves, the process is the shell of the person who takes the snapshot; that person's home, and
with it their name, is written `~`, and so it is of what they started themselves on their own machine. A server's home
is a fact of its image and stays.

Floor: Python 3.8, standard library only.
"""

import os
import re

from parity.probe.process.mountinfo import below

_OF_PERSONS = ("/home", "/Users", "/var/home", "/export/home")
_OF_ROOT = ("/root", "/var/root")
_BY_NAME = re.compile(
    r"\A(?P<above>/mnt/[a-z]/Users/|(?:/run)?/media/(?=[^/]+/)|/(?:etc|nix/var/nix)/profiles/per-user/)[^/]+",
    re.IGNORECASE,
)
"""Elsewhere a directory is called after its user: Windows' own under WSL, removable disks, profiles of Nix."""


def directory(process, accounts):
    """(path or None, "HOME" | "passwd" | None), as `os.path.expanduser("~")` finds it."""
    variable = process.variable("HOME")
    if variable is not None:
        return os.path.normpath(os.path.join(process.cwd or "/", variable)), "HOME"
    path = accounts.homes.get(process.uid)
    return (path, "passwd") if path else (None, None)


def shortened(path, process, home):
    """`path` as it may be recorded: below the home of a person who looks, relative to it."""
    if not process.private:
        return path
    if home and home != "/" and below(path, home):
        return "~" + path[len(home.rstrip("/")) :]
    for parent in _OF_PERSONS:
        if below(path, parent) and path != parent:
            return "/".join(["~"] + path[len(parent) + 1 :].split("/")[1:])
    for parent in _OF_ROOT:
        if below(path, parent):
            return "~" + path[len(parent) :]
    return _BY_NAME.sub(r"\g<above>~", path)


def asked(view, home):
    """{key: absolute path} of every --path. A relative one keeps its name, for the two sides work in two places."""
    process = view.process
    found = {}
    for given in view.options.get("paths") or ():
        word = os.path.normpath(given)
        base = process.cwd or "/"
        if word == "~" or word.startswith("~/"):
            word, base = word[2:], home or "/"
        path = os.path.normpath(os.path.join(base, word))
        found[shortened(path, process, home) if os.path.isabs(word) else os.path.normpath(given)] = path
    return found
