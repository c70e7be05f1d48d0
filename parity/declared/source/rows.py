"""What one file says by itself: plain rows that a child hands to its parent as JSON.

Names are dotted paths. One that starts with "/" is a place in the repository, from its root ("/src.shop.config.env");
any other is as it was imported ("os.environ", "shop.config.env"). "()" after a path is what a call of it gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any, NamedTuple

NAMES_LIMIT = 200
"""Strings of one literal that are looked at."""


Imprint = tuple["str | None", "str | None"]
"""What `parity.probe.source.manifest.imprint` says of a file."""


class Kind(str, Enum):
    """What is known of a value before the program runs."""

    WORDS = "words"
    """It is one of these strings."""
    PARAMETER = "parameter"
    """A parameter of the enclosing function: its name, what is put before and after it, "upper" or ""."""
    PATTERN = "pattern"
    """A string of this fnmatch pattern."""
    REFERENCE = "reference"
    """What this path is bound to."""
    NONE = "none"
    OTHER = "other"


class Value(NamedTuple):
    """An argument, as far as the source tells."""

    kind: Kind
    words: tuple[str, ...] = ()


NONE = Value(Kind.NONE)
OTHER = Value(Kind.OTHER)


class Outcome(str, Enum):
    """What becomes of the program where a variable is absent."""

    STOPS = "stops"
    NOTHING = "nothing"
    """It reads None, and goes on with that."""
    ANSWERED = "answered"
    """It has a default, or only asks whether the variable is there."""


class Imported(NamedTuple):
    """An import of one module; `names` are taken from it."""

    module: str
    """Absolute, or from the repository's root where it starts with "/"."""
    names: tuple[str, ...]
    line: int
    optional: bool


class Read(NamedTuple):
    """A read of an environment variable."""

    name: Value
    line: int
    outcome: Outcome
    prefix: str = ""


class Call(NamedTuple):
    """A call that may be a read, once it is known what its callee is."""

    callee: str
    arguments: tuple[Value, ...]
    keywords: tuple[tuple[str, Value], ...]
    line: int
    forgiven: bool = False
    """Whether an error for an absent variable is caught."""
    asked: bool = False
    """Whether the code around asks no more than whether it gives anything."""
    prefix: str = ""
    function: str = ""
    """The path of the function around it, where an argument is that function's parameter."""
    parameters: tuple[str, ...] = ()
    """That function's, without self or cls."""

    def argument(self, position: int | None, keyword: str) -> Value | None:
        """The argument at a position or of a name, None where neither is given."""
        if position is not None and position < len(self.arguments):
            return self.arguments[position]
        return next((value for name, value in self.keywords if name == keyword), None)


class Wrapper(NamedTuple):
    """A function that reads the variable that its parameter names."""

    function: str
    parameters: tuple[str, ...]
    """In their order, without self or cls."""
    defaults: tuple[str, ...]
    """Those of them that have a default other than None."""
    read: Read
    default: str = ""
    """The parameter that is the read's own default."""


class Binding(NamedTuple):
    """What a module's name stands for."""

    path: str
    prefix: str = ""
    """Put before every name that this reader of variables is asked for."""
    known: tuple[str, ...] = ()
    """Names for which it has a default of its own."""


class Field(NamedTuple):
    """A field of a settings class."""

    name: str
    line: int
    type: str
    """The path of its type, where that may be another settings class; else empty."""
    default: bool
    aliases: tuple[str, ...] = ()


class Class(NamedTuple):
    """A class that may take its fields from the environment."""

    path: str
    bases: tuple[str, ...]
    fields: tuple[Field, ...]
    prefix: str | None = None
    """None: as its base says."""
    delimiter: str | None = None
    exact_case: bool | None = None


class Pool(NamedTuple):
    """A literal given to a pool of database connections."""

    name: str
    value: int | float | bool | str | None
    line: int


class Revision(NamedTuple):
    """A migration."""

    tool: str
    name: str
    """The revision; Django: the name of the file."""
    follows: tuple[str, ...]
    """Revisions that come before; Django: "app.name"."""
    replaces: tuple[str, ...]
    line: int


class Rows(NamedTuple):
    """Everything that one file says by itself."""

    imports: tuple[Imported, ...] = ()
    reads: tuple[Read, ...] = ()
    calls: tuple[Call, ...] = ()
    wrappers: tuple[Wrapper, ...] = ()
    bindings: tuple[tuple[str, Binding], ...] = ()
    """(path, what it stands for) of the module's names that other files may ask for."""
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(path, strings) of its constants."""
    classes: tuple[Class, ...] = ()
    made: tuple[str, ...] = ()
    """Paths of classes that are called."""
    pools: tuple[Pool, ...] = ()
    programs: tuple[tuple[str, int], ...] = ()
    revisions: tuple[Revision, ...] = ()
    extensions: tuple[tuple[str, int], ...] = ()
    """(extension of PostgreSQL that it creates, line)."""
    fault: str = ""
    """Why the file could not be read, as a clause: "not Python 3.11 at line 7"."""
    imprint: Imprint | None = None
    """Of the bytes that were read: of a file that is read once, both what it says and its digest are told."""


def from_json(document: list[Any]) -> Rows:
    """The Rows that `json` has made lists of."""
    imports, reads, calls, wrappers, bindings, words, classes, made, pools, programs, *others = document
    revisions, extensions, fault, seen = others
    return Rows(
        tuple(Imported(module, tuple(names), line, optional) for module, names, line, optional in imports),
        tuple(map(_read, reads)),
        tuple(map(_call, calls)),
        tuple(
            Wrapper(function, tuple(parameters), tuple(defaults), _read(read), default)
            for function, parameters, defaults, read, default in wrappers
        ),
        tuple((path, Binding(one, prefix, tuple(known))) for path, (one, prefix, known) in bindings),
        tuple((path, tuple(strings)) for path, strings in words),
        tuple(Class(path, tuple(bases), tuple(_fields(rows)), *rest) for path, bases, rows, *rest in classes),
        tuple(made),
        tuple(Pool(*row) for row in pools),
        tuple((name, line) for name, line in programs),
        tuple(Revision(tool, name, tuple(a), tuple(b), line) for tool, name, a, b, line in revisions),
        tuple((name, line) for name, line in extensions),
        fault,
        (seen[0], seen[1]) if seen else None,
    )


def _value(row: list[Any]) -> Value:
    kind, words = row
    return Value(Kind(kind), tuple(words))


def _call(row: list[Any]) -> Call:
    callee, given, named, line, forgiven, asked, prefix, function, parameters = row
    keywords = tuple((name, _value(one)) for name, one in named)
    return Call(callee, tuple(map(_value, given)), keywords, line, forgiven, asked, prefix, function, tuple(parameters))


def _read(row: list[Any]) -> Read:
    name, line, outcome, prefix = row
    return Read(_value(name), line, Outcome(outcome), prefix)


def _fields(rows: list[Any]) -> Iterator[Field]:
    for name, line, kind, default, aliases in rows:
        yield Field(name, line, kind, default, tuple(aliases))
