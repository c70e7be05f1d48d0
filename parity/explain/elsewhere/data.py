"""The data: an input or a row that the program cannot take, on whichever side it comes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Kind
from parity.explain.case import Case
from parity.explain.elsewhere import Sign
from parity.explain.model import Evidence, Raised
from parity.explain.read_there import read_there

TITLE = "An error in the data"
CATEGORY = "code"

_TYPES = {
    "ZeroDivisionError": 0.85,
    "IndexError": 0.7,
    "IntegrityError": 0.93,
    "UniqueViolation": 0.95,
    "DoesNotExist": 0.8,
    "MultipleObjectsReturned": 0.85,
    "NoResultFound": 0.85,
    "MultipleResultsFound": 0.85,
    "ForeignKeyViolation": 0.93,
    "NotNullViolation": 0.8,
    "CheckViolation": 0.85,
    "StopIteration": 0.5,
    "RecursionError": 0.6,
    "OverflowError": 0.5,
    "InvalidOperation": 0.8,
    "ConversionSyntax": 0.85,
    "JSONDecodeError": 0.75,
    "BadZipFile": 0.9,
    "ExpatError": 0.8,
    "XMLSyntaxError": 0.8,
    "UnidentifiedImageError": 0.75,
    "BinasciiError": 0.7,
    "ValidationError": 0.45,
    "EmptyDataError": 0.85,
    "BadGzipFile": 0.9,
    "EOFError": 0.6,
    "KeyError": 0.45,
    "ValueError": 0.25,
    "AttributeError": 0.15,
    "TypeError": 0.15,
    "AssertionError": 0.25,
    "StringDataRightTruncation": 0.75,
    "NumericValueOutOfRange": 0.75,
    "DataError": 0.4,
    "ReadError": 0.5,
    "IncompleteRead": 0.7,
    "BadRequest": 0.7,
    "RequestValidationError": 0.85,
    "ExclusionViolation": 0.85,
    "InvalidToken": 0.5,
    "ParserError": 0.7,
    "DecompressionBombError": 0.9,
    "LinAlgError": 0.75,
    "StatisticsError": 0.85,
    "ObjectDoesNotExist": 0.8,
    "InvalidDocument": 0.6,
    "NameError": 0.5,
    "UnboundLocalError": 0.85,
    "NotImplementedError": 0.4,
}
"""{last part of an exception's type: how much it speaks of the data}."""

_CONTENT = re.compile(
    r"(?:Empty|Invalid|Malformed|Corrupt(?:ed)?|Truncated|Unsupported|Unidentified|Encrypted|Unreadable|Bad|Illegal)"
    r"\w{0,30}(?:File|Format|Document|Image|Data|Content|Signature|Header|Archive|Stream|Number|Date|Address|Value)"
    r"|(?:Decode|Decoding|Decompress\w{0,10}|Parse|Parser|Parsing|Read|Reader|Syntax|Format|Unpack\w{0,5}|Checksum)"
    r"(?:Error|Exception)\Z"
)
"""How a library calls an exception for what it was given: of a distribution's own exceptions, those of the content."""
_OF_CONTENT = 0.7
_BYTES = 0.85
_OF_FEWER_FILES = 0.45
"""The most that an error in the data is, where the program there is not the whole of it."""
_WORDS = (
    (re.compile(r"'nonetype' object (?:has no attribute|is not (?:subscriptable|iterable|callable))"), 0.6),
    (re.compile(r"could not convert string to (?:float|int)|invalid literal for int|conversionsyntax"), 0.7),
    (
        re.compile(r"list index out of range|division by zero|float division|max\(\) (?:arg|iterable)|empty sequence"),
        0.75,
    ),
    (re.compile(r"duplicate key value|unique constraint|foreign key constraint|violates (?:not-null|check)"), 0.93),
    (
        re.compile(r"out of range for type|value too long for type|month must be in|day is out of range|out of bounds"),
        0.75,
    ),
    (re.compile(r"invalid (?:start|continuation) byte|unexpected end of data"), 0.35),
    (re.compile(r"not a zip file|truncated|unexpected end of|corrupt|bad crc|file is not"), 0.6),
)


def read(case: Case) -> Iterator[Sign]:
    """What the exception that began it says, where it is raised by code that handles data."""
    began = _telling(case)
    if began is None:
        return
    strength = _strength(case, began)
    words = began.message.lower()
    if _decoded_alike(case):
        strength = max(strength, _BYTES)
    strength = max([strength, *(weight for pattern, weight in _WORDS if pattern.search(words))])
    # Where the path reads what differs, the same data leads to another end.
    strength = min(strength, 1.0 - read_there(case))
    if _beside_lacks(case):
        strength = min(strength, _OF_FEWER_FILES)
    if strength >= 0.3:
        name = began.type.rpartition(".")[2]
        said = Evidence(
            "log", f"{name}: {began.message.splitlines()[0][:120] if began.message else ''}", f"line {began.at}"
        )
        yield Sign(
            strength * _where(case), f"{name} at line {began.at}: the data that it met would do so anywhere", (said,)
        )


def _beside_lacks(case: Case) -> bool:
    """Whether production lacks code of the failing file's own directory, or of one below it."""
    directories = {source.file.rpartition("/")[0] for _, source in case.own[:1]}
    lacking = (one.key for one in case.findings if one.id == "source.not-deployed" and one.kind is Kind.MISSING)
    return any(key.startswith(f"{each}/" if each else "") for key in lacking for each in directories)


def _decoded_alike(case: Case) -> bool:
    """Whether bytes are refused by the codec that both sides decode by, without being told."""
    local, production = (side.get("encoding") for side in case.items("locale"))
    used = {str(side).lower().replace("-", "").replace("_", "") for side in (local, production) if side is not None}
    codecs = {fact.value.lower().replace("-", "").replace("_", "") for fact in case.of("codec")}
    return len(used) == 1 and bool(codecs) and codecs <= used


def _strength(case: Case, raised: Raised) -> float:
    module, _, name = raised.type.rpartition(".")
    known = _TYPES.get(name)
    if known is not None:
        return known
    library = bool(case.providers.all(module)) if module else False
    return _OF_CONTENT if library and _CONTENT.search(name) else 0.0


def _telling(case: Case) -> Raised | None:
    """The exception that tells the most: of a chain the one whose type speaks of data, else the first."""
    chain = case.failure.chain if case.failure else ()
    known = [one for one in chain if _TYPES.get(one.type.rpartition(".")[2], 0) >= 0.5]
    return known[0] if known else chain[0] if chain else None


def _where(case: Case) -> float:
    """Raised at import time, nothing that came in is at fault; in a function that serves, more."""
    functions = {frame.function for frame in case.frames if frame.function}
    importing = any("importlib" in frame.file or "_find_and_load" in frame.function for frame in case.frames)
    return 0.4 if importing else 1.0 if functions - {"<module>"} else 0.85
