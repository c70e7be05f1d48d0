"""How the containers are made. What follows from it shows in other sections; here it has its cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from parity.diff.model import Difference
from parity.policy.migrations import strings
from parity.policy.model import Finding, Rule, Severity, Sides, finding
from parity.policy.words import some
from parity.profile.model import Item

RULES = {
    "one-sided": Rule(Severity.INFO, "only one of the two runs in a container"),
    "image": Rule(Severity.INFO, "another image, or another build of it"),
    "user": Rule(Severity.WARNING, "another user is configured"),
    "privileges": Rule(Severity.WARNING, "a privilege or capability that the container has locally alone"),
    "network": Rule(Severity.WARNING, "the network is the host's, or is none, on one side alone"),
    "entrypoint": Rule(Severity.WARNING, "production does not start through the script that local starts through"),
    "started": Rule(Severity.INFO, "another program is started"),
    "provided": Rule(Severity.WARNING, "what an engine does for the local container alone"),
    "other": Rule(Severity.INFO, "the container is made in another way"),
}

_OF_IMAGE = frozenset({"digest", "image", "platform"})
_STARTED = frozenset({"command", "entrypoint"})


def judge(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """One finding for each key, and one for all where only one side is a container."""
    local, production = sides.items("container")
    if not local or not production:
        side = "local" if local else "production"
        for one in islice(differences, 1):
            yield finding("one-sided", one, Severity.INFO, f"only {side} runs in a container")
        return
    for one in differences:
        yield _one(one, sides)


def _one(one: Difference, sides: Sides) -> Finding:
    if one.key in _OF_IMAGE:
        return finding("image", one, Severity.INFO, "the containers are made from another image")
    if one.key == "entrypoint" and _prepares(one):
        why = f"production's container does not start through {one.local}: what that prepares is not there"
        return finding("entrypoint", one, Severity.WARNING, why)
    if one.key in _STARTED:
        return finding("started", one, Severity.INFO, "the container starts another program")
    if one.key == "user":
        return _user(one, sides)
    if one.key == "network_mode":
        return _network(one)
    found = _privileges(one, sides) or _provided(one, sides)
    return found or finding("other", one, Severity.INFO, "the container is made in another way")


def _prepares(one: Difference) -> bool:
    """Whether the local entrypoint is a script that prepares what it starts, by the names that such scripts have."""
    name = str(one.local or "")
    return name.endswith(".sh") or "entrypoint" in name


def _provided(one: Difference, sides: Sides) -> Finding | None:
    """What the engine no longer does, each for whom it did it."""
    if one.key == "restart_policy" and one.local in _RESTARTS and one.production == "no":
        why = "production's engine leaves the container ended once its program has ended: locally it is started again"
    elif one.key == "healthcheck" and one.local and not one.production:
        why = "production's container has no health check: who waits for it to be healthy, or restarts it, cannot tell"
    elif one.key == "init" and one.local and not one.production:
        why = (
            "in production the program itself is the first process: signals that it does not handle are ignored, and "
            "children that others have left behind stay as zombies"
        )
    elif one.key == "published_ports" and _shut(one, sides):
        ports = some(sorted(strings(one.local, "ports")))
        why = f"production's container publishes no port: nobody outside its machine reaches {ports}"
    else:
        return None
    return finding("provided", one, Severity.WARNING, why)


_RESTARTS = ("always", "on-failure", "unless-stopped")


def _shut(one: Difference, sides: Sides) -> bool:
    """Whether nothing is published of a container that no other finds by its name either: on a network of their own a
    proxy does, and publishes in its place."""
    return bool(strings(one.local, "ports")) and not strings(one.production, "ports") and _mode(sides) == "bridge"


def _mode(sides: Sides) -> Item:
    return sides.items("container")[1].get("network_mode")


def _user(one: Difference, sides: Sides) -> Finding:
    local, production = (items.get("uid") for items in sides.items("process"))
    if local is not None and local == production:
        return finding("user", one, Severity.INFO, "the user is written in another way and is the same")
    if local is not None and production is not None:
        why = "another user is configured; what it can no longer do there is told by itself"
        return finding("user", one, Severity.INFO, why)
    who = "as root" if one.production is None else f"as {one.production}"
    why = f"production's container runs {who}: what it may read, write and listen on follows from that"
    return finding("user", one, Severity.WARNING, why)


def _network(one: Difference) -> Finding:
    if one.production == "none":
        return finding("network", one, Severity.WARNING, "production's container has no network at all")
    if one.local == "host":
        why = "the local container shares the host's network: its localhost is another in production"
        return finding("network", one, Severity.WARNING, why)
    if one.local == "user-defined" and one.production == "bridge":
        why = "containers find one another by name on a network of their own, and not on the default one"
        return finding("network", one, Severity.WARNING, why)
    return finding("network", one, Severity.INFO, "the container is in another kind of network")


_SELDOM = frozenset({"AUDIT_WRITE", "MKNOD", "NET_RAW", "SETFCAP", "SETPCAP", "SYS_CHROOT"})
"""Capabilities that engines give by default and what serves hardly ever needs: raw sockets, devices, chroot()."""
_RAW = ("icmplib", "ping3", "pythonping", "scapy")
"""Distributions that open raw sockets."""


def _privileges(one: Difference, sides: Sides) -> Finding | None:
    if one.key == "privileged":
        why = "the local container is privileged: devices, mounts and the kernel's settings are open to it alone"
        return _lost(one, why) if one.local and not one.production else None
    names = tuple(set(strings(side, "names")) for side in (one.local, one.production))
    if one.key == "capabilities_added" and names[0] - names[1]:
        return _lost(one, f"production's container is not given {some(sorted(names[0] - names[1]))}")
    if one.key == "capabilities_dropped" and names[1] - names[0]:
        dropped = names[1] - names[0]
        raw = next((name for name in _RAW if name in sides.items("packages")[1]), None) or _pings(sides)
        if dropped <= _SELDOM and not (raw and "NET_RAW" in dropped):
            why = f"production's container gives up {some(sorted(dropped))}, which what serves hardly ever needs"
            return finding("privileges", one, Severity.INFO, why)
        if sides.items("process")[1].get("uid") not in (0, None):
            why = f"production's container gives up {some(sorted(dropped))}, and its user, who is not root, had none"
            return finding("privileges", one, Severity.INFO, why)
        return _lost(one, f"production's container gives up {some(sorted(names[1] - names[0]))}")
    return None


def _pings(sides: Sides) -> bool:
    return sides.use is not None and sides.use.item("executables", "ping") is not None


def _lost(one: Difference, why: str) -> Finding:
    return finding("privileges", one, Severity.WARNING, f"{why}: what needs it fails with a refusal")
