"""What the words of a command start: programs, and modules that they name.

Wrappers (exec, timeout, gosu, `poetry run`) are gone through to what they wrap. Sources: the manuals of the wrappers;
gunicorn, "Settings" (worker_class); uvicorn, "Settings" (--loop, --http, --ws); Celery, "Concurrency" (--pool).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parity.declared.commands.script import KEYWORDS


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a command starts; one of the fields is not empty."""

    program: str = ""
    """By its name on PATH."""
    module: str = ""
    """A dotted name that is imported: of `python -m`, or of an option."""
    file: str = ""
    """A file by its path: "./serve.sh", "/entrypoint.sh", "main.py"."""
    text: str = ""
    """A line of shell: `sh -c "..."`."""


_BUILTINS = frozenset(
    {".", ":", "[", "[[", "alias", "bg", "break", "case", "cd", "continue", "declare", "disown", "done", "echo", "esac"}
    | {"eval", "exit", "export", "false", "fg", "fi", "for", "function", "getopts", "hash", "jobs", "kill", "let"}
    | {"local", "mapfile", "popd", "printf", "pushd", "pwd", "read", "readarray", "readonly", "return", "select", "set"}
    | {
        "shift",
        "shopt",
        "source",
        "test",
        "times",
        "trap",
        "true",
        "type",
        "typeset",
        "ulimit",
        "umask",
        "unset",
        "wait",
    }
)
_EVERYWHERE = frozenset(
    {
        "awk",
        "basename",
        "cat",
        "chgrp",
        "chmod",
        "chown",
        "cp",
        "cut",
        "date",
        "dirname",
        "expr",
        "find",
        "grep",
        "head",
    }
    | {
        "hostname",
        "id",
        "ln",
        "ls",
        "mkdir",
        "mktemp",
        "mv",
        "rm",
        "rmdir",
        "sed",
        "seq",
        "sleep",
        "stat",
        "tail",
        "tee",
    }
    | {"touch", "tr", "uname", "wc", "which", "whoami", "xargs"}
)
"""Programs that every system has, the smallest image too: that a script starts them tells nothing."""
SHELLS = frozenset({"sh", "bash", "dash", "ash", "zsh"})
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*\+?=")
_PROGRAM = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]{0,63}\Z")
_MODULE = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\Z", re.ASCII)
_PYTHON = re.compile(r"python(?:\d(?:\.\d+)?)?\Z")

_SILENT = frozenset({"exec", "command", "nohup", "time", "env"})
"""Wrappers that every system has, or that are no program."""
_OPERANDS = {"timeout": 1, "gosu": 1, "su-exec": 1, "chroot": 1, "chronic": 0, "nice": 0, "sudo": 0, "stdbuf": 0}
_OPERANDS |= {"tini": 0, "dumb-init": 0, "xvfb-run": 0, "setsid": 0, "setpriv": 0, "catatonit": 0, "ionice": 0}
_OPERANDS |= {
    "ddtrace-run": 0,
    "opentelemetry-instrument": 0,
    "newrelic-admin": 1,
    "wait-for-it": 1,
    "wait-for-it.sh": 1,
}
"""{wrapper: the operands before what it wraps}."""
_RUNNERS = frozenset(
    {"poetry", "pipenv", "uv", "pdm", "rye", "hatch", "dotenv", "doppler", "conda", "pixi", "coverage"}
)
"""Of which `run` starts something in the project's environment."""
PROGRAMS = frozenset(
    {*_SILENT, *_OPERANDS, *_RUNNERS, "supervisord", "circusd", "uwsgi", "django-admin", "mod_wsgi-express"}
)
"""Wrappers, and servers that are no module of their own name."""
_WITH_VALUE = {
    "timeout": frozenset({"-k", "-s", "--kill-after", "--signal"}),
    "nice": frozenset({"-n"}),
    "ionice": frozenset({"-c", "-n"}),
    "sudo": frozenset({"-u", "-g", "--user", "--group"}),
    "env": frozenset({"-u", "--unset", "-C"}),
    "xvfb-run": frozenset({"-s", "-n", "-e", "-f", "--server-args", "--server-num"}),
    "uv": frozenset({"--with", "--env-file", "--package", "--project", "--directory", "--extra", "--group", "-p"}),
    "dotenv": frozenset({"-f", "--file"}),
    "conda": frozenset({"-n", "-p", "--name", "--prefix"}),
}

_OPTIONS = {
    "gunicorn": {"-k": "worker", "--worker-class": "worker", "--logger-class": "class", "-c": "", "--config": ""},
    "uvicorn": {"--loop": "module", "--http": "module", "--ws": "module"},
    "celery": {"-P": "worker", "--pool": "worker"},
    "hypercorn": {"-k": "module", "--worker-class": "module"},
}
"""{program: {option: what its value names}}."""
_PACKAGES = {
    "worker": frozenset({"gevent", "eventlet", "tornado", "meinheld"}),
    "module": frozenset({"uvloop", "httptools", "h11", "websockets", "wsproto", "trio"}),
}
"""{kind of value: words that are what is imported, too; any other word without a dot is the program's own}."""


def started(words: Sequence[str]) -> Iterator[Found]:
    """What a command starts, from the outermost wrapper on."""
    left = list(words)
    while left:
        word = left.pop(0)
        if word in KEYWORDS or _ASSIGNMENT.match(word):
            continue
        name = word.rpartition("/")[2] if word.startswith("/") else word
        if name in _BUILTINS or name in _EVERYWHERE or not word:
            return
        if name in SHELLS:
            yield from _of_shell(left)
            return
        if _PYTHON.match(name):
            yield from _of_python(left)
            return
        if "/" in name or word.endswith((".sh", ".py")):
            yield Found(file=word)
        if name not in _SILENT and _PROGRAM.match(name):
            yield Found(program=name)
        if name in _SILENT or name in _OPERANDS:
            left = _wrapped(left, name, _OPERANDS.get(name, 0))
        elif name in _RUNNERS and "run" in left:
            left = _wrapped(left[left.index("run") + 1 :], name, 0)
        else:
            yield from _named(name, left)
            return


def _wrapped(words: list[str], wrapper: str, operands: int) -> list[str]:
    """The command that a wrapper is given."""
    takes = _WITH_VALUE.get(wrapper, frozenset())
    while words:
        word = words[0]
        if word == "--":
            return words[1:]
        if word.startswith("-") and len(word) > 1:
            words = words[2:] if word in takes else words[1:]
        elif operands or _ASSIGNMENT.match(word):
            operands -= not _ASSIGNMENT.match(word)
            words = words[1:]
        else:
            # What waits for a host first starts the rest behind "--" alone.
            return [] if wrapper.startswith("wait-for") else words
    return []


def _of_shell(words: list[str]) -> Iterator[Found]:
    while words and words[0].startswith(("-", "+")):
        option = words.pop(0)
        if option.endswith("c") and not option.startswith("--"):
            if words:
                yield Found(text=words[0])
            return
        if option.endswith(("o", "O")) and not option.startswith("--") and words:
            words.pop(0)
    if words:
        yield Found(file=words[0])


def _of_python(words: list[str]) -> Iterator[Found]:
    while words and words[0].startswith("-"):
        option = words.pop(0)
        if option == "-c":
            return
        if option.endswith("m") and not option.startswith("--"):
            if words and _MODULE.match(words[0]):
                yield Found(module=words[0])
                yield from _named(words[0], words[1:])
            return
        if option in ("-W", "-X") and words:
            words.pop(0)
    if words:
        yield Found(file=words[0])


def _named(program: str, words: Sequence[str]) -> Iterator[Found]:
    """The modules that the options of a program name."""
    options = _OPTIONS.get(program, {})
    for number, word in enumerate(words):
        option, equals, value = word.partition("=")
        kind = options.get(option, "")
        if not kind:
            continue
        value = value if equals else next(iter(words[number + 1 : number + 2]), "")
        module = value.partition(":")[0]
        if _MODULE.match(module) and ("." in module or module in _PACKAGES.get(kind, ())):
            yield Found(module=module)
