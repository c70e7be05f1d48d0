"""A host's name that production does not resolve, or resolves otherwise; a proxy that is in the way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate, said
from parity.explain.model import Candidate, Evidence, Fact

TITLE = "A host that is not found"
CATEGORY = "upstream"
NEEDS = ("network", "environment")
ASPECTS = True

_UNRESOLVED = re.compile(
    r"name or service not known|nameresolutionerror|failed to resolve|temporary failure in name resolution|nodename nor"
    r"|getaddrinfo failed|no address associated|could not translate host name|unknown host|eai_again|gaierror|nxdomain"
    r"|name does not resolve"
)
_UNREACHED = re.compile(
    r"connection refused|no route to host|network is unreachable|timed out|errno 111|errno 101|errno 113"
)
_FAMILY = re.compile(
    r"address family not supported|eafnosupport|errno 97\b|cannot assign requested address|errno 99\b|eaddrnotavail"
    r"|'?::1?'?,? ?(?:port )?\d+.{0,60}(?:unreachable|cannot assign|refused)|network is unreachable"
    r"|address family for hostname not supported"
)
_PROXY = re.compile(r"proxy|socks|tunnel connection failed|407")
_PROXIES = ("ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "all_proxy", "http_proxy", "https_proxy", "no_proxy")


def weigh(case: Case) -> Iterator[Candidate]:
    """The hosts file, the resolvers, and the proxies."""
    facts = case.of("host")
    unresolved, unreached = _UNRESOLVED.search(case.text), _UNREACHED.search(case.text)
    proxied = _PROXY.search(case.text)
    for fact in facts:
        difference = case.difference("network", f"hosts.{fact.value}")
        if difference is not None and (unresolved or unreached):
            likelihood = 0.97 if unresolved and difference.kind is Kind.MISSING else 0.75
            yield candidate(
                __name__, difference, likelihood, (in_log(fact),),
                f"`getent hosts {fact.value}` answers in production",
                f"give production a name server that knows {fact.value}, or an entry in its hosts file",
            )  # fmt: skip
    if unresolved:
        for key, likelihood in (
            ("search", 0.7),
            ("resolvers", 0.6),
            ("nsswitch_hosts", 0.5),
            ("ndots", 0.3),
            ("ipv6", 0.3),
        ):
            difference = case.difference("network", key)
            if difference is not None:
                short = bool(facts) and "." not in facts[0].value and key == "search"
                yield candidate(
                    __name__, difference, 0.9 if short else likelihood, _told(case, facts, unresolved[0]),
                    "the name resolves in production", "give production the resolver that knows the name",
                )  # fmt: skip
    family = _FAMILY.search(case.text)
    if (family or unreached) and (difference := case.difference("network", "ipv6")):
        yield candidate(
            __name__, difference, 0.94 if family else 0.35, _told(case, facts, (family or unreached)[0]),  # type: ignore[index]
            "the host answers over IPv4 in production", "connect by a family of addresses that production has",
        )  # fmt: skip
    spoken = proxied or unreached or unresolved
    if spoken:
        for key in _PROXIES:
            difference = case.difference("environment", key)
            if difference is not None:
                added = difference.kind is not Kind.MISSING
                likelihood = (0.93 if added else 0.75) if proxied else 0.35
                yield candidate(
                    __name__, difference, likelihood, said(case, spoken[0]),
                    "the same request without the variable fails the same way",
                    f"unset {key} for this program, or name the host in NO_PROXY",
                )  # fmt: skip


def _told(case: Case, facts: tuple[Fact, ...], words: str) -> tuple[Evidence, ...]:
    return (in_log(facts[0]),) if facts else said(case, words)
