"""How other machines are found: names that resolve only here, proxies, IPv6."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parity.diff.model import Difference, Kind
from parity.policy.migrations import strings
from parity.policy.model import Finding, Rule, Severity, Sides, finding
from parity.policy.words import some
from parity.profile.model import Item

RULES = {
    "host-missing": Rule(Severity.WARNING, "a name that only the local hosts file has"),
    "host-changed": Rule(Severity.INFO, "a name of the hosts file leads to another kind of address"),
    "host-extra": Rule(Severity.INFO, "a name that only production's hosts file has"),
    "proxies": Rule(Severity.WARNING, "other proxy variables are set"),
    "protocol": Rule(Severity.WARNING, "there is IPv6 locally and none in production"),
    "resolution": Rule(Severity.INFO, "names are looked for in another way"),
    "no-names": Rule(Severity.WARNING, "production has nowhere to ask for names that are not in its hosts file"),
    "other": Rule(Severity.INFO, "another fact of the network"),
}

_HOST = "hosts."

_ENGINES_OWN = ("gateway.docker.internal", "kubernetes.docker.internal", "host.minikube.internal")
"""Names that tools for developers write into the hosts file of a machine for themselves."""

_RESOLUTION = frozenset({"ndots", "nsswitch_hosts", "resolvers", "search"})


def judge(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """One finding for each key."""
    for one in differences:
        if one.key.startswith(_HOST):
            yield _host(one)
        elif one.key == "proxies":
            yield _proxies(one, sides)
        elif one.key == "ipv6" and one.local and not one.production:
            why = "production has no IPv6, not even on loopback: to listen on :: or to connect to ::1 fails there"
            yield finding("protocol", one, Severity.WARNING, why)
        elif one.key in _RESOLUTION:
            yield _resolution(one, sides)
        else:
            yield finding("other", one, Severity.INFO, "the network is set up in another way")


def _host(one: Difference) -> Finding:
    name = one.key.removeprefix(_HOST)
    if one.kind is Kind.EXTRA:
        return finding("host-extra", one, Severity.INFO, "only production's hosts file has the name")
    if one.kind is Kind.CHANGED:
        return finding("host-changed", one, Severity.INFO, "the hosts file leads to another kind of address")
    if name in _ENGINES_OWN or one.local == "unspecified":
        return finding("host-missing", one, Severity.INFO, "no program of its own needs the name")
    why = "production's hosts file does not have the name: unless DNS knows it, to connect to it fails there"
    return finding("host-missing", one, Severity.WARNING, why)


def _resolution(one: Difference, sides: Sides) -> Finding:
    if one.kind is Kind.CHANGED and one.key == "resolvers" and _nobody(one, sides):
        why = "production's name server is on its own loopback, where none is in a container: no name is found there"
        return finding("no-names", one, Severity.WARNING, why)
    if one.kind is Kind.CHANGED and one.key == "nsswitch_hosts" and _asks(one.local) and not _asks(one.production):
        why = f"production looks for names in {one.production} alone, and asks no name server"
        return finding("no-names", one, Severity.WARNING, why)
    gone = sorted(set(strings(one.local, "domains")) - set(strings(one.production, "domains")))
    if one.key == "search" and gone:
        why = f"production does not add {some(gone)} to short names: what is found by it locally is not found there"
        return finding("resolution", one, Severity.INFO, why)
    return finding("resolution", one, Severity.INFO, "short names may lead elsewhere, or take longer to fail")


def _nobody(one: Difference, sides: Sides) -> bool:
    """Whether production asks its own loopback alone, from an engine's default network: on one that users define, the
    engine answers there, and on a machine systemd-resolved does."""
    local, production = (strings(side, "kinds") for side in (one.local, one.production))
    bridged = sides.items("container")[1].get("network_mode") == "bridge"
    return bridged and production == (_STUB,) and _STUB not in local


_STUB = "loopback stub"
_ASKING = frozenset({"dns", "docker", "resolve"})


def _asks(order: Item) -> bool:
    """Whether a name server is asked, by the order of nsswitch.conf."""
    return not _ASKING.isdisjoint(str(order).split())


def _proxies(one: Difference, sides: Sides) -> Finding:
    local, production = (frozenset(strings(item, "names")) for item in (one.local, one.production))
    here, there = sorted(local - production), sorted(production - local)
    told = [items.keys() >= names for items, names in zip(sides.items("environment"), (local, production), strict=True)]
    words = [f"only {side} sets {some(names)}" for side, names in (("local", here), ("production", there)) if names]
    if all(told):
        # Each of the variables is a finding of its own.
        why = f"{'; '.join(words)}, as the environment tells"
        return finding("proxies", one, Severity.INFO, why)
    return finding("proxies", one, Severity.WARNING, f"{'; '.join(words)}: requests go another way, or nowhere")
