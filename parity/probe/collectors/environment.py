"""Names of the environment's variables: set or empty, and where each comes from. Never a value.

    state        "set" or "empty"
    from         "process", "dotenv", "engine", "image"
    fingerprint  "KEYID:FINGERPRINT" of what is set, where a key was given (parity/probe/environment/fingerprint.py)
    shape        one of a few words (parity/probe/environment/shape.py), where shapes were asked for
    around       sorted "quotes", "space": what stands around the value; with `shape`, and empty for a plain one

Floor: Python 3.8, standard library only.
"""

import os
import re

from parity.probe.environment import dotenv
from parity.probe.kit import Section, Unavailable, why

TITLE = "Environment"
WHY = "a variable that is missing or empty is read as a default, or stops the program at start"
COMPARED = {"state": "assigned", "fingerprint": "keyed", "shape": "told", "around": "told"}
SEVERITY = {"missing": "error", "changed": "error", "extra": "info"}
READS = ()

NAME_LIMIT = 255
NAMES_LIMIT = 5000
DOTENV_LIMIT = 1 << 20

# Kubernetes and Java programs use names with dots and dashes. A shell's exported functions
# (BASH_FUNC_x%%), spaces and escape codes are no names that a program reads.
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")


def collect(view):
    process = view.process
    if process is None or (process.environ is None and not process.runs):
        raise Unavailable("only a running process has an environment")
    if process.environ is None:
        raise Unavailable(process.refused.get("environ", "the kernel does not tell"))
    section = Section()
    section.items, notes = from_pairs(process.environ, process.source, view.options)
    for path in view.options.get("env_files") or ():
        _add_file(section, view, path)
    for note in notes + _unread(view):
        section.note(note)
    _bound(section)
    return section


def from_pairs(pairs, source, options):
    """({name: item}, (note, ...)) of {name: value}. What is no name is counted and not stored.

    `options` may hold the key of fingerprints and ask for shapes: {"fingerprint_key": bytes, "shapes": True}.
    """
    items, odd, marks = {}, 0, _marks(options)
    for name, value in pairs.items():
        if is_name(name):
            items[name] = dict(marks(name, value), state="set" if value else "empty", **{"from": source})
        else:
            odd += 1
    return items, ((_no_names(odd),) if odd else ())


def _marks(options):
    """`marks(name, value)`: the fields of a variable that follow from its value, none unless they were asked for."""
    key = options.get("fingerprint_key")
    made = shape = None
    if key:
        from parity.probe.environment import fingerprint

        made = fingerprint.maker(key)
    if options.get("shapes"):
        from parity.probe.environment import shape

    def marks(name, value):
        fields = {}
        if made and value:
            fields["fingerprint"] = made(name, value)
        if shape:
            fields["shape"], fields["around"] = shape.of(value)
        return fields

    return marks


def is_name(text):
    """Whether a program could ask for a variable of this name."""
    return len(text) <= NAME_LIMIT and _NAME.match(text) is not None


def _no_names(count):
    return "invalid_names: %d, left out" % count


def _add_file(section, view, path):
    process = view.process
    try:
        text = view.text(os.path.join(process.cwd or "/", path), DOTENV_LIMIT)
    except FileNotFoundError:
        # Asked for on both sides of a diff, it is there on one: what is not there adds no name.
        section.note("dotenv: a file that was asked for is not there")
        return
    except OSError as error:
        section.hide("*", "a dotenv file that was asked for could not be read: " + why(error))
        return
    states, odd = dotenv.parse(text, process.environ)
    names = {name: state for name, state in states.items() if is_name(name)}
    literal, marks = _literal(text), _marks(view.options)
    for name, state in names.items():
        # What the process has already, even empty, is not overridden when the file is loaded.
        if state != "bare" and name not in section.items:
            fields = marks(name, literal[name]) if name in literal else {}
            section.items[name] = dict(fields, state=state, **{"from": "dotenv"})
    bare = sum(state == "bare" and name not in section.items for name, state in names.items())
    if bare:
        section.note("dotenv: %d names stand without a value and set nothing" % bare)
    if odd:
        section.note("dotenv: %d lines could not be understood" % odd)
    if len(names) < len(states):
        section.note("dotenv: " + _no_names(len(states) - len(names)))


def _literal(text):
    """{name: value} of the lines whose value is what stands there, with nothing to fill in and no escape."""
    values = {}
    for name, value in dotenv.bindings(text):
        values.pop(name, None)
        if value and "\\" not in value and (value[0] == "'" or "$" not in value):
            values[name] = value[1:]
    return values


def _unread(view):
    """A dotenv file in the working directory of this machine that nobody asked for."""
    process = view.process
    if process.serves or process.cwd is None or view.options.get("env_files"):
        return ()
    if view.exists(os.path.join(process.cwd, ".env")):
        return (".env in the working directory was not read; --env-file .env adds its names",)
    return ()


def _bound(section):
    for name in sorted(section.items)[NAMES_LIMIT:]:
        del section.items[name]
        section.hide("*", "there are more than %d names" % NAMES_LIMIT)
