"""How a process finds the address of a name: the hosts file, the resolver's configuration, and their order.

Formats: hosts(5), resolv.conf(5), nsswitch.conf(5). No address is kept, only what kind it is.

Floor: Python 3.8, standard library only.
"""

import re

HOSTS_LIMIT = 200
"""Names of a hosts file that are kept; lists that block advertisers hold a hundred thousand."""

_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9])?")
_FOUR = re.compile(r"(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\Z")
_SIX = re.compile(r"[0-9a-f:]*:[0-9a-f:.]*(?:%\w+)?\Z")
_MAPPED = "::ffff:"
_USUAL = re.compile(r"localhost(?:[46]|\..*)?|ip6-.*|broadcasthost")
_NDOTS = re.compile(r"ndots:(\d{1,2})\Z")
_NDOTS_MOST = 15
SEARCH_LIMIT = 64
"""Search domains that are kept; resolvers took six for decades."""

_SOURCES = frozenset(
    ["altfiles", "cache", "compat", "db", "dns", "docker", "extrausers", "files", "hesiod", "http", "ldap", "libvirt"]
    + ["libvirt_guest", "mdns", "mdns4", "mdns4_minimal", "mdns6", "mdns6_minimal", "mdns_minimal", "mymachines"]
    + ["myhostname", "nis", "nisplus", "resolve", "sss", "systemd", "winbind", "wins"]
)
"""What may stand there; a service of another name is "other"."""
_SOURCE = re.compile(r"\[[^\]]*\]?|[^\s\[]+")
_ACTION = re.compile(
    r"\[(?:\s*!?(?:SUCCESS|NOTFOUND|UNAVAIL|TRYAGAIN)\s*=\s*(?:RETURN|CONTINUE|MERGE)\s*){1,4}\]", re.IGNORECASE
)
_MOST_SOURCES = 16


def kind(address):
    """ "loopback", "private", "link-local", "unspecified" or "public"; None for what is no address."""
    address = address.lower()
    if address.startswith(_MAPPED) and "." in address:
        address = address[len(_MAPPED) :]
    found = _FOUR.match(address)
    if found:
        return _kind_of_four(*map(int, found.groups()))
    if not _SIX.match(address):
        return None
    if not address.strip(":0"):
        return "unspecified"
    if not address.rpartition(":")[0].strip(":0") and address.rpartition(":")[2].lstrip("0") == "1":
        return "loopback"
    if re.match("fe[89ab].:", address):
        return "link-local"
    return "private" if re.match("f[cd]..:", address) else "public"


def _kind_of_four(first, second, third, fourth):
    if max(first, second, third, fourth) > 255:
        return None
    if first == 127:
        return "loopback"
    if (first, second) == (169, 254):
        return "link-local"
    private = first == 10 or (first == 172 and 16 <= second < 32) or (first, second) == (192, 168)
    if private or (first == 100 and 64 <= second < 128):
        return "private"
    return "public" if first else "unspecified"


def hosts(text, own):
    """({name: kind of its first address}, whether there are more than HOSTS_LIMIT).

    Left out are the names that every system has, and `own`, the names of the machine itself. What is only blocked
    (0.0.0.0) comes last, where not all are kept.
    """
    found = {}
    for words in _rows(text):
        what = kind(words[0])
        for name in map(str.lower, words[1:]) if what else ():
            name = name.rstrip(".")
            mine = any(name == one or name.startswith(one + ".") for one in own)
            if _NAME.fullmatch(name) and not mine and not _USUAL.fullmatch(name):
                found.setdefault(name, what)
    kept = sorted(found, key=lambda name: (found[name] == "unspecified", name))[:HOSTS_LIMIT]
    return {name: found[name] for name in kept}, len(kept) < len(found)


def resolver(text):
    """(kinds of the name servers, search domains in order, ndots) of a resolv.conf."""
    servers, search, ndots = [], [], 1
    for words in _rows(text, ";#"):
        if words[0] == "nameserver" and len(words) > 1:
            servers.append("loopback stub" if kind(words[1]) == "loopback" else "other")
        elif words[0] in ("search", "domain"):
            # The last line of either counts.
            search = [name.lower().rstrip(".") for name in words[1:]]
            search = [name for name in search if _NAME.fullmatch(name)]
        elif words[0] == "options":
            for option in words[1:]:
                found = _NDOTS.match(option)
                ndots = min(int(found.group(1)), _NDOTS_MOST) if found else ndots
    return servers, search, ndots


def order(text):
    """Where names of hosts are looked for, as nsswitch.conf has it: "files dns"; None where it does not say."""
    for words in _rows(text):
        first, colon, rest = " ".join(words).partition(":")
        if colon and first.strip() == "hosts":
            return " ".join(map(_source, _SOURCE.findall(rest)[:_MOST_SOURCES])) or None
    return None


def _source(word):
    return word if word in _SOURCES or _ACTION.fullmatch(word) else "other"


def _rows(text, marks="#"):
    for line in text.splitlines():
        for mark in marks:
            line = line.partition(mark)[0]
        words = line.split()
        if words:
            yield words
