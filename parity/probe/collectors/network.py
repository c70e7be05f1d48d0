"""How the process that serves finds other machines: names, resolvers, proxies and IPv6. No address is recorded.

    hosts.NAME       what kind of address the hosts file gives it: "loopback", "private", "public" ...; the names that
                     every system has and the machine's own are left out
    resolvers        {count, kinds}: "loopback stub" (systemd-resolved, an engine's own), "other"
    search           {domains}: what is added to short names
    ndots            dots from which on a name is tried as it is first
    nsswitch_hosts   the order of sources: "files dns"
    ipv6             whether any interface has an IPv6 address, that of loopback included
    proxies          {names}: the variables that name a proxy, or the hosts without one

Floor: Python 3.8, standard library only.
"""

import os

from parity.probe import nameservice
from parity.probe.kit import Section, Unavailable, View, why

TITLE = "Network"
WHY = "a name that resolves locally, and a proxy that is or is not in the way, decide whether others are reached"
COMPARED = {
    "hosts.*": "exact",
    "count": "exact",
    "kinds": "set",
    "domains": "set",
    "ndots": "exact",
    "nsswitch_hosts": "exact",
    "ipv6": "exact",
    "names": "set",
}
SEVERITY = {"missing": "info", "changed": "info", "extra": "info"}
READS = ("/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/etc/nsswitch.conf")

PROXIES = frozenset(["all_proxy", "ftp_proxy", "http_proxy", "https_proxy", "no_proxy"])
"""Names in lower case; programs read them in either."""

_BOUND = 256 << 10


def collect(view):
    process = view.process
    if process is None or not process.runs:
        raise Unavailable("it takes a running process")
    section = Section()
    _hosts(section, view)
    _resolver(section, view)
    _order(section, view)
    _ipv6(section, view, process)
    if process.environ is None:
        section.hide("proxies", "the environment could not be read: " + process.refused.get("environ", "not told"))
    else:
        names = sorted(name for name, value in process.environ.items() if value and name.lower() in PROXIES)
        section.items["proxies"] = {"names": names}
    return section


def _hosts(section, view):
    try:
        text = _text(view, "/etc/hosts") or ""
    except OSError as error:
        section.hide("hosts.*", "the hosts file could not be read: " + why(error))
        return
    found, cut = nameservice.hosts(text, _own_names(view))
    section.items.update(("hosts." + name, kind) for name, kind in found.items())
    if cut:
        section.hide("hosts.*", "the hosts file has more than %d names" % nameservice.HOSTS_LIMIT)


def _own_names(view):
    names = {os.uname().nodename}
    try:
        # Of a process in a container it is not the name of where the probe runs.
        names.add((_text(view, "/etc/hostname") or "").strip())
    except OSError:
        pass
    # A hosts file gives a machine's full name a short one, too.
    names.update([name.partition(".")[0] for name in names])
    return {name.lower() for name in names if name and name != "localhost"}


def _resolver(section, view):
    try:
        text = _text(view, "/etc/resolv.conf")
    except OSError as error:
        for key in ("resolvers", "search", "ndots"):
            section.hide(key, "resolv.conf could not be read: " + why(error))
        return
    # Without the file there is one name server, on this machine: resolv.conf(5).
    servers, search, ndots = nameservice.resolver("nameserver 127.0.0.1" if text is None else text)
    section.items["resolvers"] = {"count": len(servers), "kinds": sorted(set(servers))}
    domains = sorted(set(search))
    section.items["search"] = {"domains": domains[: nameservice.SEARCH_LIMIT]}
    if len(domains) > nameservice.SEARCH_LIMIT:
        section.hide("search", "resolv.conf has more than %d search domains" % nameservice.SEARCH_LIMIT)
    section.items["ndots"] = ndots


def _order(section, view):
    try:
        text = _text(view, "/etc/nsswitch.conf")
    except OSError as error:
        section.hide("nsswitch_hosts", "nsswitch.conf could not be read: " + why(error))
        return
    found = nameservice.order(text) if text is not None else None
    if found:
        section.items["nsswitch_hosts"] = found


def _ipv6(section, view, process):
    kernel = view if view.live else View()
    try:
        section.items["ipv6"] = bool(kernel.text("/proc/%d/net/if_inet6" % process.pid).strip())
    except FileNotFoundError:
        # A kernel without IPv6 has no such file; one without /proc, as on macOS, does not tell.
        if kernel.exists("/proc/%d/net" % process.pid):
            section.items["ipv6"] = False
        else:
            section.hide("ipv6", "the kernel does not tell")
    except OSError as error:
        section.hide("ipv6", why(error))


def _text(view, path):
    """The text of a file; None where there is none. Raises OSError where it cannot be read."""
    try:
        return view.text(path, _BOUND)
    except (FileNotFoundError, NotADirectoryError):
        return None
