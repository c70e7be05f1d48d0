"""Another service: it is slow, answers an error, closes the connection, or allows no more requests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.case import Case, in_log
from parity.explain.elsewhere import Sign
from parity.explain.model import Evidence
from parity.explain.read_there import read_there
from parity.explain.verification import SOURCE, THEIRS, refusal

TITLE = "Another service"
CATEGORY = "upstream"

_WORDS = (
    (re.compile(r"read timed out|readtimeout|read timeout|timeouterror|timed out|deadline exceeded"), 0.8),
    (re.compile(r"connection reset by peer|connectionreseterror|remotedisconnected|remote end closed"
                r"|server disconnected|incompleteread|connection aborted|broken pipe"), 0.85),
    (re.compile(r"\b429\b|too many requests|rate.?limit|quota exceeded|throttl"), 0.9),
    (re.compile(r"\b50[0234]\b.{0,40}(?:error|bad gateway|unavailable|gateway)|bad gateway|service unavailable"
                r"|5\d\d server error|server error '5\d\d"), 0.85),
    (re.compile(r"\b4(?:0[0349]|22)\b client error|client error '4(?:0[0349]|22)"), 0.6),
    (re.compile(r"certificate (?:has )?expired|certificate is not yet valid|hostname mismatch|doesn't match"), 0.85),
    (re.compile(r"deadlock detected|deadlockdetected|terminating connection due to administrator|the database system is"
                r" (?:starting up|shutting down|in recovery)|adminshutdown|cannotconnectnow"), 0.8),
    (re.compile(r"expecting value: line 1 column 1|<!doctype html|<html|unexpected content.type"), 0.75),
)  # fmt: skip
_CLIENTS = frozenset(
    {"aiohttp", "botocore", "grpc", "grpcio", "httpcore", "httpx", "requests", "urllib3", "tenacity", "redis"}
    | {"asyncio", "http", "smtplib", "socket", "ssl", "urllib"}
)
_MODULES = _CLIENTS - {"asyncio"} | frozenset(
    {"aiosmtplib", "asyncpg", "boto3", "elasticsearch", "ftplib", "imaplib", "kafka", "ldap3", "mysql", "paramiko"}
    | {"pika", "poplib", "psycopg", "psycopg2", "pymongo", "pymysql", "select", "sqlalchemy", "telnetlib", "websockets"}
    | {"xmlrpc", "zmq", "celery", "django", "MySQLdb", "oracledb", "pyodbc", "grpc_status", "nats", "aiokafka", "suds"}
)
"""What the program imports to speak with another service."""
_OURS = re.compile(
    r"proxy|socks|name or service not known|name resolution|failed to resolve"
    r"|certificate_verify_failed|certificate verify failed|connection refused|errno 111"
    r"|network is unreachable|no route to host"
)
"""It was never reached: what is in between is of the environment."""


_SHAPE = re.compile(
    r"'?(?:dict|list|str|int|float|nonetype|bool)'? object (?:has no attribute|is not (?:subscriptable|iterable))"
    r"|(?:list|string|tuple) indices must be|string index out of range|list index out of range"
)
_SHAPES = frozenset({"KeyError", "IndexError", "TypeError", "AttributeError"})
_PARSED = re.compile(r"(?:^|\.)(?:json|loads|json_body|get_json)\Z")
"""Calls whose result is what another service, or who asks, has sent."""
_OF_SHAPE, _OF_CERTIFICATE = 0.75, 0.88


def read(case: Case) -> Iterator[Sign]:
    """What the log says of the other side, unless it says that it was never reached."""
    if case.failure is None:
        return
    yield from _certificate(case)
    if _OURS.search(case.text):
        return
    asked = asks(case)
    yield from _shape(case)
    for pattern, strength in _WORDS:
        found = pattern.search(case.text)
        if found:
            facts = case.of("http_status")
            said = (
                in_log(facts[0])
                if facts
                else Evidence("log", f"it says {found[0]!r}", f"line {case.failure.last.line}")
            )
            words = f"another service answered so, or not at all ({found[0][:60]!r}, line {case.failure.last.line})"
            # What a child printed is no other service's answer where it reads what differs.
            yield Sign(strength if asked else min(strength * 0.6, 1.0 - read_there(case)), words, (said,))


def asks(case: Case) -> bool:
    """Whether the failing path speaks with another service; a loop that waits for the program's own work does not."""
    modules = {place.module.partition(".")[0] for place in case.path if place.kind in ("package", "stdlib")}
    found = _CLIENTS & {*case.on_path, *modules}
    if found != {"asyncio"} or not case.own:
        return bool(found)
    return imports_a_client(case)


def imports_a_client(case: Case) -> bool:
    """Whether a file of the program's own on the path imports what speaks with another service."""
    return bool(_MODULES & {module.partition(".")[0] for _, source in case.own for module, _ in source.imports()})


def _certificate(case: Case) -> Iterator[Sign]:
    """What the verifier refuses of the other side's certificate, whatever this side trusts."""
    refused = refusal(case.text)
    if refused is not None and refused[1] in THEIRS:
        facts = case.of("tls")
        line = facts[0].at if facts else case.failure.last.line if case.failure else 0
        words = f"the other side's certificate is refused for what it is ({refused[0]!r}, line {line})"
        yield Sign(_OF_CERTIFICATE, words, (Evidence("knowledge", f"the verifier says {refused[0]!r}", SOURCE),))


def _shape(case: Case) -> Iterator[Sign]:
    """What the program itself takes apart, after it was parsed, is not as it expects."""
    last = case.failure.chain[-1] if case.failure and case.failure.chain else None
    parsed = next((name for name in case.asked if _PARSED.search(name)), None)
    if last is None or parsed is None or not case.path or case.path[0].kind != "own":
        return
    name = last.type.rpartition(".")[2]
    if name == "KeyError" or (name in _SHAPES and _SHAPE.search(last.message.lower())):
        words = f"what was parsed ({parsed.lstrip('.')}) has another shape than the program takes apart, line {last.at}"
        told = Evidence("log", f"{name}: {last.message[:120]}", f"line {last.at}")
        yield Sign(min(_OF_SHAPE, 1.0 - read_there(case)), words, (told,))
