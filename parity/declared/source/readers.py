"""The calls that read environment variables: of the standard library, and of the libraries that the field uses.

Sources: Python's manual, "os"; the documentation of environs, django-environ, python-decouple, prettyconf, Starlette
("Configuration"), dj-database-url and its kin, Flask and Celery ("from_envvar"), Click and Typer ("envvar").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parity.declared.source.rows import Binding, Call, Kind, Outcome, Value

GET = "os.environ.__getitem__"
"""The callee that stands for `os.environ[...]`."""
CONTAINS = "os.environ.__contains__"
"""The callee that stands for `... in os.environ`."""

_METHOD = r"(?:\.(?!(?:read_env|prefixed|seal|dump|add_parser|parser_for|parse_value|get_value)\Z)\w+)?"


@dataclass(frozen=True, slots=True)
class Reader:
    """A call that reads variables, told by its callee's path."""

    callee: str
    """A regular expression for the whole path."""
    name: int | None = 0
    """The position of the variable's name; None where it is a keyword alone."""
    keywords: tuple[str, ...] = ("name", "key", "var", "option")
    default: int | None = 1
    """The position of the default; by keyword it is "default"."""
    absent: Outcome = Outcome.STOPS
    """What becomes of the program without a default."""
    implied: str = ""
    """The variable that is read when none is named."""


@dataclass(frozen=True, slots=True)
class Found:
    """One variable that a call reads."""

    name: Value
    absent: Outcome
    default: Value | None = None
    prefix: str = ""


_READERS = (
    Reader(r"os\.(?:environ\.get|getenv)", absent=Outcome.NOTHING),
    Reader(r"os\.environ\.(?:__getitem__|pop)"),
    Reader(r"os\.environ\.(?:__contains__|setdefault)", absent=Outcome.ANSWERED),
    Reader(r"environ\.(?:FileAware)?Env\(\)\.db(?:_url)?", implied="DATABASE_URL"),
    Reader(r"environ\.(?:FileAware)?Env\(\)\.cache(?:_url)?", implied="CACHE_URL"),
    Reader(r"environ\.(?:FileAware)?Env\(\)\.email(?:_url)?", implied="EMAIL_URL"),
    Reader(r"environ\.(?:FileAware)?Env\(\)\.search(?:_url)?", implied="SEARCH_URL"),
    Reader(r"environ\.(?:FileAware)?Env\(\)\.channels(?:_url)?", implied="CHANNELS_URL"),
    Reader(r"(?:environs|environ)\.(?:FileAware)?Env\(\)" + _METHOD),
    Reader(r"environ\.(?:FileAware)?Env\(\)\.get_value"),
    Reader(r"decouple\.(?:config|(?:AutoConfig|Config)\(\))(?:\.get)?"),
    Reader(r"prettyconf\.config"),
    Reader(r"starlette\.config\.Config\(\)(?:\.get)?", default=2),
    Reader(r"dj_database_url\.config", keywords=("env",), absent=Outcome.NOTHING, implied="DATABASE_URL"),
    Reader(r"dj_email_url\.config", keywords=("env",), absent=Outcome.NOTHING, implied="EMAIL_URL"),
    Reader(r"django_cache_url\.config", keywords=("env",), absent=Outcome.NOTHING, implied="CACHE_URL"),
    Reader(r".+\.(?:config_)?from_envvar", keywords=("variable_name",), default=None),
)
_TEMPORARY = (
    "gettempdir gettempdirb mkdtemp mkstemp NamedTemporaryFile SpooledTemporaryFile TemporaryDirectory TemporaryFile"
)
_PROXIES = ("http_proxy", "https_proxy", "no_proxy")
_IMPLIED: dict[str, tuple[str, ...]] = {
    "pathlib.Path.home": ("HOME",),
    **dict.fromkeys(("os.path.expanduser", "posixpath.expanduser", "pathlib.Path().expanduser"), ("HOME",)),
    **dict.fromkeys((f"tempfile.{name}" for name in _TEMPORARY.split()), ("TMPDIR",)),
    **dict.fromkeys((f"urllib.request.{name}" for name in ("urlopen", "urlretrieve", "build_opener")), _PROXIES),
    "urllib.request.getproxies": _PROXIES,
    **dict.fromkeys(("curses.setupterm", "curses.initscr", "curses.wrapper"), ("TERM",)),
    "getpass.getuser": ("LOGNAME", "USER"),
    "breakpoint": ("PYTHONBREAKPOINT",),
}
"""{function of the standard library: the variables that it reads, which its caller need not name}."""
_OPTIONS = ("envvar", "env_var")
BY_KEYWORD = frozenset({*_OPTIONS, "auto_envvar_prefix"})
"""Arguments of options of a command line, whose parsers read these variables."""

_ALIASES = {
    "os.environb": "os.environ",
    "os.getenvb": "os.getenv",
    "starlette.config.environ": "os.environ",
    "environs.env": "environs.Env()",
    "os.environ.copy()": "os.environ",
}
_KNOWN = re.compile("|".join(f"(?P<r{number}>(?:{one.callee})\\Z)" for number, one in enumerate(_READERS)))
_EXPANDING = frozenset({"os.path.expandvars", "posixpath.expandvars"})
_EXPANDED = re.compile(r"\$(?:(\w+)|\{([^}]*)\})", re.ASCII)


def canonical(path: str) -> str:
    """A path with the names that stand for the same object as another replaced by that one's."""
    for alias, one in _ALIASES.items():
        if path == alias or path.startswith((alias + ".", alias + "(")):
            return one + path[len(alias) :]
    return path


def reading(path: str) -> bool:
    """Whether a call of this path reads variables."""
    if path in _IMPLIED or path in _EXPANDING:
        return True
    return _KNOWN.match(path) is not None or path.endswith(".from_prefixed_env")


def reads(call: Call, binding: Binding) -> Iterator[Found]:
    """What a call reads. `binding` is what its callee is bound to: its prefix, and the defaults it has."""
    yield from _options(call)
    if call.callee in _EXPANDING:
        yield from _expanded(call)
    elif call.callee in _IMPLIED:
        yield from _implied(call)
    elif call.callee.endswith(".from_prefixed_env"):
        prefix = call.argument(0, "prefix")
        for word in prefix.words if prefix and prefix.kind is Kind.WORDS else ("FLASK",):
            yield Found(Value(Kind.PATTERN, (f"{word}_*",)), Outcome.ANSWERED)
    else:
        match = _KNOWN.match(call.callee)
        if match is not None:
            yield from _named(_READERS[int((match.lastgroup or "")[1:])], call, binding)


def _named(reader: Reader, call: Call, binding: Binding) -> Iterator[Found]:
    given = (call.argument(reader.name, keyword) for keyword in reader.keywords)
    name = next((one for one in given if one is not None), None)
    if name is None:
        if not reader.implied:
            return
        name = Value(Kind.WORDS, (reader.implied,))
    if name.kind in (Kind.NONE, Kind.OTHER):
        name = Value(Kind.PATTERN, ("*",))
    default = call.argument(reader.default, "default") or call.argument(None, "silent")
    absent = reader.absent
    if name.kind is Kind.WORDS and frozenset(binding.known).issuperset(name.words):
        absent = Outcome.ANSWERED
    yield Found(name, absent, default, binding.prefix + call.prefix)


def softened(absent: Outcome, default: Value | None, call: Call) -> Outcome:
    """The outcome when a default may be given, and the code around may answer for the variable's absence."""
    if call.forgiven or (default is not None and default.kind is not Kind.NONE):
        return Outcome.ANSWERED
    if call.asked and absent is Outcome.NOTHING:
        return Outcome.ANSWERED
    # None as a default keeps what would raise from raising.
    return Outcome.NOTHING if default is not None and absent is Outcome.STOPS else absent


def prefixed(prefix: str, name: Value) -> Value:
    """A name with a prefix before it; a reference gets its own once it is known what it stands for."""
    if not prefix or name.kind is Kind.REFERENCE:
        return name
    if name.kind is Kind.PARAMETER:
        parameter, before, after, case = name.words
        return Value(Kind.PARAMETER, (parameter, prefix + before, after, case))
    kind = Kind.PATTERN if "*" in prefix else name.kind
    return Value(kind, tuple(prefix + word for word in name.words))


def _options(call: Call) -> Iterator[Found]:
    for keyword in _OPTIONS:
        value = call.argument(None, keyword)
        if value is not None and value.kind in (Kind.WORDS, Kind.REFERENCE):
            # Typer's default stands first; the value may come from the command line all the same.
            typer = 0 if call.callee.startswith("typer.") else None
            yield Found(value, Outcome.NOTHING, call.argument(typer, "default"))
    automatic = call.argument(None, "auto_envvar_prefix")
    if automatic is not None and automatic.kind is Kind.WORDS:
        for word in automatic.words:
            yield Found(Value(Kind.PATTERN, (f"{word}_*",)), Outcome.ANSWERED)


def _implied(call: Call) -> Iterator[Found]:
    """What a function of the standard library reads. Of a home the name may be another user's: ~postgres."""
    first = call.argument(0, "path")
    words = first.words if first is not None and first.kind is Kind.WORDS else ("~",)
    if call.callee.endswith("path.expanduser") and not any(f"{word}/".startswith("~/") for word in words):
        return
    # A function without a fallback of its own to tell of is none that the program answers for.
    known = call.callee in ("breakpoint", "getpass.getuser")
    for name in _IMPLIED[call.callee]:
        yield Found(Value(Kind.WORDS, (name,)), Outcome.ANSWERED if known else Outcome.NOTHING)


def _expanded(call: Call) -> Iterator[Found]:
    value = call.argument(0, "path")
    if value is not None and value.kind is Kind.WORDS:
        for text in value.words:
            for plain, braced in _EXPANDED.findall(text):
                yield Found(Value(Kind.WORDS, (plain or braced,)), Outcome.NOTHING)
