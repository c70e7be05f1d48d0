"""A right that the process has locally and not in production: a port below 1024, a raw socket, another's file.

Source for what each capability allows: capabilities(7); for the ports: ip(7), ip_unprivileged_port_start.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.case import Case, in_log
from parity.explain.causes._rights import loses
from parity.explain.causes._words import candidate, said
from parity.explain.model import Candidate, Evidence

TITLE = "A right that the process lacks"
CATEGORY = "permission"
NEEDS = ("process", "container")
ASPECTS = True

_REFUSED = re.compile(
    r"permission denied|operation not permitted|\beperm\b|\beacces\b|bad system call|sigsys|not permitted"
)
_BIND = re.compile(r"\bbind|listen|address \('|\('[\d.:]*', ?\d{1,4}\)|can't connect to \(")
_RAW = re.compile(r"raw|icmp|\bping\b|packet|sock_raw")
_ACT = re.compile(
    r"chown|setuid|setgid|setgroups|initgroups|chroot|unshare|mount|ptrace|setns|nice|set_?time|mknod|kill"
)
_TRACED = re.compile(r"bad system call|sigsys|io_uring|perf_event|clone3|seccomp")

_BY_ACT = (
    (_BIND, "NET_BIND_SERVICE", "it binds a port below 1024"),
    (_RAW, "NET_RAW", "it opens a raw socket"),
    (_ACT, "", "it asks for what takes a capability"),
)
_LOW = 1024
_WHOEVER = 0.3
"""What speaks for another user that has no fewer rights than local's."""
_TELLING = (
    ("process", "capabilities", 0.93), ("container", "capabilities_dropped", 0.8), ("process", "uid", 0.85),
    ("process", "user", 0.8), ("container", "capabilities_added", 0.7), ("container", "user", 0.75),
    ("container", "privileged", 0.7), ("process", "no_new_privileges", 0.4),
)  # fmt: skip


def weigh(case: Case) -> Iterator[Candidate]:
    """The capabilities and the user of the process, where what is refused takes one."""
    refused = _REFUSED.search(case.text)
    if refused is None:
        return
    told = case.text + "\n" + "\n".join(frame.code.lower() for frame in case.frames[:6])
    facts = case.of("errno")
    said_so = (in_log(facts[0]),) if facts else said(case, refused[0])
    if _TRACED.search(told) and (difference := case.difference("process", "seccomp")):
        yield candidate(
            __name__, difference, 0.9, said_so,
            "the same call is refused without the filter", "allow the system call in the container's seccomp profile",
        )  # fmt: skip
    for pattern, capability, words in _BY_ACT:
        if not pattern.search(told) or (pattern is _BIND and not _low_port(case, told)):
            continue
        for section, key, weight in _TELLING:
            difference = case.difference(section, key)
            if difference is None:
                continue
            lacks = {name for one in difference.fields for name in (*one.missing, *one.extra)}
            exact = not capability or not difference.fields or capability in lacks
            whoever = key in ("uid", "user") and not loses(case, capability)
            likelihood = min(weight, _WHOEVER) if whoever else weight
            yield candidate(
                __name__, difference, likelihood * (1.0 if exact else 0.5) * (1.0 if capability else 0.85),
                (*said_so, Evidence("production", words, f"{section}.{key}")),
                "the process has the right, and is refused all the same",
                f"give the process {capability or 'the capability'}, or do without it",
            )  # fmt: skip
        return


def _low_port(case: Case, told: str) -> bool:
    ports = [one.value for one in case.of("port")] + re.findall(r"(?:port[ =:]{1,3}|', ?|:)(\d{1,5})\b", told)
    if not ports and not case.of("path"):
        # bind(2) refuses with EACCES what is protected, and a port is that below the limit alone.
        return bool(case.frames) and re.search(r"\bbind", case.frames[0].code) is not None
    return any(port.isdecimal() and 0 < int(port) < _LOW for port in ports)
