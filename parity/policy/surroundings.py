"""What a machine or a container lacks, weighed by whether the program asks for it, as far as its source tells.

Two machines differ in such things always: how much /dev/shm holds, whether there is IPv6, which names somebody has
written into the hosts file. A program that imports nothing that could ask for them does not notice. What may ask
weighs as it did, and is named; where the source was not read whole nothing weighs less.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from parity.policy.model import Finding, Severity, Sides
from parity.policy.use import Degree, Use


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asks for a thing."""

    modules: tuple[str, ...]
    """Of the standard library."""
    distributions: tuple[str, ...]
    programs: tuple[str, ...]
    does: str
    """What they do, in the third person."""
    nothing: str
    """What is said where nothing asks, to end the sentence."""


_SHARED_MEMORY = _Asked(
    # Queues, locks and pools are of POSIX semaphores and shared memory, which are files of /dev/shm (shm_overview(7)).
    ("concurrent", "multiprocessing"),
    (
        *("billiard", "celery", "dask", "distributed", "joblib", "loky", "multiprocess", "pathos", "posix-ipc", "ray"),
        *("playwright", "pyppeteer", "selenium", "tensorflow", "torch"),
    ),
    ("chromium", "chromium-browser", "firefox", "google-chrome", "postgres"),
    "shares memory between processes",
    "nothing that the program imports is known to share memory between processes",
)
_IPV6 = _Asked(
    # What listens or connects by an address of its own; what goes by names takes IPv4 where there is no IPv6.
    ("asyncio", "http", "ipaddress", "selectors", "socket", "socketserver", "wsgiref", "xmlrpc"),
    (),
    (),
    "may take an address of IPv6",
    "the source opens no socket of its own, and what goes by names takes IPv4 there",
)
_HOSTS = _Asked(
    (
        *("asyncio", "ftplib", "http", "imaplib", "multiprocessing", "nntplib", "poplib", "smtplib", "socket", "ssl"),
        *("telnetlib", "urllib", "xmlrpc"),
    ),
    (),
    (),
    "may ask for names",
    "nothing that the program imports connects to another machine",
)


def weighed(found: Finding, sides: Sides, use: Use) -> Finding:
    """The finding by who asks for what is not there; any other finding as it is."""
    if found.severity is Severity.INFO:
        return found
    if found.id in ("limits.lower", "limits.no-shared-memory") and found.key == "shm":
        return _by(found, _SHARED_MEMORY, sides, use)
    if found.id == "network.protocol":
        return _by(found, _IPV6, sides, use)
    if found.id == "network.host-missing":
        return _host(found, sides, use)
    return found


def _by(found: Finding, asked: _Asked, sides: Sides, use: Use) -> Finding:
    place = use.standard_at(*asked.modules)
    if place is None:
        return found
    who = f"what {asked.does} is imported at {place}" if place else _other(asked, sides, use)
    if who:
        return replace(found, evidence=(*found.evidence, who))
    return replace(found, severity=Severity.INFO, why=f"{found.why}; {asked.nothing}")


def _other(asked: _Asked, sides: Sides, use: Use) -> str | None:
    """The package or program that asks for it, in words."""
    installed = sides.items("packages")[1]
    packages = (one for one in asked.distributions if one in installed)
    package = next((one for one in packages if use.package(one).degree is not Degree.UNUSED), None)
    if package is not None:
        return f"{package} {asked.does}"
    started = use.section("executables").items
    program = next((one for one in asked.programs if one in started), None)
    return f"{program} {asked.does}, and the source starts it" if program else None


def _host(found: Finding, sides: Sides, use: Use) -> Finding:
    """A name of the local hosts file. Which names stand in the source is not known, nor what packages and programs ask
    for."""
    variable = _named(found.key.removeprefix("hosts."), sides, use)
    if variable is not None:
        return replace(found, evidence=(*found.evidence, f"{variable} is called like it"))
    others = use.closure.needed or use.closure.likely or use.section("executables").items
    return found if others else _by(found, _HOSTS, sides, use)


def _named(host: str, sides: Sides, use: Use) -> str | None:
    """A variable that the source reads, or that local sets, whose name has the host's first label in it."""
    label = host.partition(".")[0].replace("-", "_").upper()
    names = {*sides.items("environment")[0], *(name for name in use.variables() if use.read_at(name))}
    return next((name for name in sorted(names) if f"_{label}_" in f"_{name.upper()}_"), None)
