"""A text of shell: its commands in words, and the variables that it takes from its environment.

One pass over the characters, with a stack of what is open: quotes, `${...}`, `$(...)`. Nothing is expanded. A name
counts as the environment's where the text reads it before anything in it assigns it. Grammar: POSIX.1-2017, "Shell
Command Language"; bash's manual for `[[`, `local`, `read` and the names that bash sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

MAX_COMMANDS = 5_000
_DEEPEST = 20


class Need(IntEnum):
    """What becomes of a script where a variable is absent."""

    ANSWERED = 0
    """It has a default, or only asks whether the variable is there."""
    NOTHING = 1
    STOPS = 2


@dataclass(frozen=True, slots=True)
class Variable:
    """One read of a variable."""

    name: str
    line: int
    need: Need


@dataclass(slots=True)
class Command:
    """The words of a command, quotes taken off; what a word takes from a variable or a command is left out of it."""

    line: int
    words: list[str] = field(default_factory=list)
    read: list[Variable] = field(default_factory=list)
    end: str = "\n"
    """What ends it: "&&", "||", "|", ";" or a line's end."""


@dataclass(slots=True)
class Script:
    """Everything that a text says, in its order."""

    commands: list[Command] = field(default_factory=list)
    variables: list[Variable] = field(default_factory=list)
    functions: set[str] = field(default_factory=set)
    """What it defines."""


_TOKEN = re.compile(
    r"""(?P<joined>\\\n)|(?P<escaped>\\.)|(?P<single>'[^']*')|(?P<double>")|(?P<back>`)|(?P<open>\$\()
    |\$\{(?P<how>[#!]?)(?P<braced>[A-Za-z_]\w*)(?P<operator>:?[-=?+])?|(?P<odd>\$\{)|\$(?P<plain>[A-Za-z_]\w*)
    |<<-?[ \t]*(?P<mark>['"\\]?)(?P<word>[A-Za-z_]\w*)['"]?|(?P<redirect>&?\d*[<>]+[&|]?)
    |(?P<end>&&|\|\||;;?|[|&\n])|(?P<paren>[()])|(?P<close>\})|(?P<blank>[ \t\r]+)
    |(?P<text>[^\\'"`$<>&|;\n(){}\#\s]+)|(?P<rest>.)""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_EXPANSIONS = frozenset({"braced", "operator", "plain"})
_OPENING = {"odd": "}", "open": ")", "back": "`", "double": '"'}
"""{token: what closes it}."""
_COMMANDS = frozenset({")", "`"})
"""What closes commands within a word."""
_LITERAL = frozenset({'"', "}"})
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)(?:\[[^\]]*\])?\+?=")
_NAME = re.compile(r"[A-Za-z_]\w*\Z", re.ASCII)

_SPECIAL = re.compile(
    r"(?:_|PWD|OLDPWD|IFS|PATH|RANDOM|S?RANDOM|SECONDS|LINENO|E?UID|PPID|BASH\w*|FUNCNAME|OPTARG|OPTIND|OPTERR|SHLVL"
    r"|PIPESTATUS|REPLY|GROUPS|DIRSTACK|HOSTTYPE|MACHTYPE|OSTYPE|SHELLOPTS|PS\d|EPOCH\w+|MAPFILE|COMP_\w+|HOSTNAME)\Z"
)
"""What the shell sets for itself, and PATH, which every program reads."""
_CAPITALS = re.compile(r"[A-Z_][A-Z0-9_]*\Z|[a-z]+_proxy\Z")
"""What a variable of the environment is called; others are a script's own by custom."""

_DECLARING = frozenset({"local", "declare", "typeset", "readonly", "export"})
_TAKING = frozenset(
    {"read", "mapfile", "readarray", "unset", "for", "select", "getopts", "local", "declare", "typeset"}
)
_TESTS = frozenset({"[", "[[", "test"})
KEYWORDS = frozenset({"if", "then", "elif", "else", "while", "until", "do", "!", "{", "}", "time", "case", "in"})
_ENDS = frozenset({"fi", "else", "elif", "done", "esac"})


def read(text: str, line: int = 1) -> Script:
    """The commands and the variables of a text whose first line has this number."""
    first = text.partition("\n")[0]
    reader = _Reader(line, strict=first.startswith("#!") and _strict(first.split()[1:]))
    reader.go(text)
    reader.judge()
    return reader.script


class _Reader:
    def __init__(self, line: int, *, strict: bool = False, depth: int = 0) -> None:
        self.script = Script()
        self._line, self._strict, self._depth = line, strict, depth
        self._open: list[tuple[str, Command, list[str] | None]] = []
        """(what closes it, the command and the word that it stands in) of all that is open."""
        self._command, self._word = Command(line), None
        self._bodies: list[tuple[str, bool, bool]] = []
        """(last line, whether it is expanded, whether tabs are taken off) of here-documents that are to begin."""
        self._assigned: set[str] = set()
        self._sourced = False

    _command: Command
    _word: list[str] | None

    def go(self, text: str, *, quoted: bool = False) -> None:
        position = 0
        while position < len(text) and len(self.script.commands) < MAX_COMMANDS:
            match = _TOKEN.match(text, position)
            if match is None:
                break
            position = self._token(match, text, quoted=quoted)
        while self._open:
            self._pop()
        self._finish("\n")

    def _token(self, match: re.Match[str], text: str, *, quoted: bool) -> int:
        kind, found = match.lastgroup or "", match[0]
        inside = self._open[-1][0] if self._open else ""
        within = quoted and not inside
        if kind in _EXPANSIONS:
            self._expanded(match)
        elif (kind == "back" and inside == "`") or (found == ")" and inside == ")"):
            self._pop()
        elif kind in _OPENING and not (kind == "double" and (within or inside == '"')):
            self._push(_OPENING[kind])
        elif (kind == "close" and inside == "}") or (kind == "double" and not within):
            self._pop()
        elif kind == "escaped" or (kind == "single" and not (within or inside in _LITERAL)):
            self._add(found[1:].removesuffix("'") if kind == "single" else found[1])
        elif within or inside in _LITERAL:
            # An apostrophe in a text is no quote: what comes after it is looked at by itself.
            self._add(found[:1] if kind == "single" else found)
            return self._past(match.start() + 1 if kind == "single" else match.end(), "" if kind == "single" else found)
        elif kind != "joined":
            return self._bare(match, text)
        return self._past(match.end(), found)

    def _past(self, position: int, found: str) -> int:
        self._line += found.count("\n")
        return position

    def _bare(self, match: re.Match[str], text: str) -> int:
        """A token that stands in no quotes."""
        kind, found, after = match.lastgroup or "", match[0], match.end()
        if kind == "word":
            self._bodies.append((match["word"], not match["mark"], "<<-" in found))
        elif kind in ("redirect", "blank"):
            self._space()
        elif kind in ("end", "paren"):
            if text.startswith(")", after) and found == "(" and self._word is not None:
                self.script.functions.add("".join(self._word))
            self._finish(found)
            after = self._past(after, found)
            return self._here(text, after) if self._bodies and kind == "end" and "\n" in found else after
        elif found.startswith("#") and self._word is None:
            end = text.find("\n", after)
            return len(text) if end < 0 else end
        else:
            self._add(found)
        return after

    def _here(self, text: str, position: int) -> int:
        """The position after the here-documents that begin with a line."""
        bodies, self._bodies = self._bodies, []
        for last, expanded, tabs in bodies:
            start, first = position, self._line
            while position < len(text):
                end = text.find("\n", position)
                end = len(text) if end < 0 else end
                line = text[position:end]
                position = end + 1
                self._line += 1
                if (line.lstrip("\t") if tabs else line) == last:
                    break
            if expanded and self._depth < _DEEPEST:
                inner = _Reader(first, strict=self._strict, depth=self._depth + 1)
                inner._assigned, inner._sourced = self._assigned, self._sourced
                inner.go(text[start : min(position, len(text))], quoted=True)
                self.script.variables += inner.script.variables
        self._command.line = self._line
        return min(position, len(text))

    # ── words and commands ──

    def _add(self, text: str) -> None:
        if self._word is None:
            self._word = []
        self._word.append(text)

    def _space(self) -> None:
        if self._word is not None:
            self._command.words.append("".join(self._word))
            self._word = None

    def _push(self, closing: str) -> None:
        if self._word is None:
            self._word = []
        self._open.append((closing, self._command, self._word))
        if closing in _COMMANDS:
            self._begin()

    def _begin(self) -> None:
        self._command, self._word = Command(self._line), None

    def _pop(self) -> None:
        closing, command, word = self._open.pop()
        if closing in _COMMANDS:
            self._finish(";")
            self._command, self._word = command, word

    def _finish(self, end: str) -> None:
        self._space()
        command = self._command
        command.end = end
        if command.words or command.read:
            self.script.commands.append(command)
            self._taken(command)
        self._begin()
        if end == "\n":
            self._command.line = self._line + 1

    # ── variables ──

    def _expanded(self, match: re.Match[str]) -> None:
        name, operator = match["braced"] or match["plain"], (match["operator"] or "")[-1:]
        if match["braced"]:
            self._push("}")
        elif self._word is None:
            self._word = []
        if name in self._assigned or _SPECIAL.match(name) or not _CAPITALS.match(name) or match["how"] == "!":
            return
        need = Need.STOPS if self._strict else Need.NOTHING
        if operator:
            need = Need.STOPS if operator == "?" else Need.ANSWERED
        elif self._sourced:
            need = Need.ANSWERED  # the file that was read before may say it
        one = Variable(name, self._line, need)
        self.script.variables.append(one)
        self._command.read.append(one)
        if operator == "=":
            self._assigned.add(name)

    def _taken(self, command: Command) -> None:
        """Note what a command assigns, and what it changes for those after it."""
        words = list(command.words)
        while words and words[0] in KEYWORDS:
            words.pop(0)
        given = [match[1] for word in words if (match := _ASSIGNMENT.match(word))]
        rest = [word for word in words if not _ASSIGNMENT.match(word)]
        if not rest:
            self._assigned.update(given)
            return
        first = rest[0]
        if first in _DECLARING:
            self._assigned.update(given)
        if first in _TAKING:
            self._assigned.update(word for word in rest[1:3] + rest[3:] * (first != "for") if _NAME.match(word))
        elif first in (".", "source"):
            self._sourced = True
        elif first == "set" and _strict(rest[1:]):
            self._strict = True

    def judge(self) -> None:
        """Weigh the variables that tests ask for: the script ends without them, or goes on."""
        weighed: dict[int, Need] = {}
        commands = self.script.commands
        for number, command in enumerate(commands):
            words = [word for word in command.words if word not in KEYWORDS]
            if words and words[0] in _TESTS:
                ends = _fails(commands, number, "-z" in words)
                for one in command.read:
                    if one.need is Need.NOTHING or ends:
                        weighed[id(one)] = Need.STOPS if ends else Need.ANSWERED
        self.script.variables = [
            Variable(one.name, one.line, weighed.get(id(one), one.need)) for one in self.script.variables
        ]


def _fails(commands: list[Command], number: int, absent: bool) -> bool:
    """Whether the script ends where a test finds nothing; `absent` says that the test asks for that."""
    wanted = ("&&", ";", "\n") if absent else ("||",)
    if commands[number].end not in wanted:
        return False
    return any(one.words[:1] == ["exit"] and one.words[1:2] != ["0"] for one in _branch(commands, number + 1))


def _branch(commands: list[Command], number: int) -> Iterator[Command]:
    for one in commands[number : number + 6]:
        words = [word for word in one.words if word not in ("then", "{", "do")]
        if words and words[0] in _ENDS:
            return
        yield Command(one.line, words, end=one.end)
        if one.words[:1] == ["}"]:
            return


def _strict(words: list[str]) -> bool:
    """Whether options of a shell make an absent variable an error."""
    return any((word[0] == "-" and "u" in word and word[1:2] != "-") or word == "nounset" for word in words if word)
