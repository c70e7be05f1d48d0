"""Severities of `network`."""

from __future__ import annotations

from tests.policy.findings import INFO, WARNING, Case

CASES: list[Case] = [
    ({"hosts.db": "private"}, {}, {"hosts.db": ("host-missing", WARNING)}),
    ({"hosts.ads.example": "unspecified"}, {}, {"hosts.ads.example": ("host-missing", INFO)}),
    (
        {"hosts.kubernetes.docker.internal": "loopback"},
        {},
        {"hosts.kubernetes.docker.internal": ("host-missing", INFO)},
    ),
    ({"hosts.db": "loopback"}, {"hosts.db": "private"}, {"hosts.db": ("host-changed", INFO)}),
    ({}, {"hosts.db": "private"}, {"hosts.db": ("host-extra", INFO)}),
    ({"proxies": {"names": ["HTTP_PROXY"]}}, {"proxies": {"names": []}}, {"proxies": ("proxies", WARNING)}),
    ({"proxies": {"names": []}}, {"proxies": {"names": ["https_proxy"]}}, {"proxies": ("proxies", WARNING)}),
    ({"ipv6": True}, {"ipv6": False}, {"ipv6": ("protocol", WARNING)}),
    ({"ipv6": False}, {"ipv6": True}, {"ipv6": ("other", INFO)}),
    ({"ndots": 1}, {"ndots": 5}, {"ndots": ("resolution", INFO)}),
    ({"nsswitch_hosts": "files dns"}, {"nsswitch_hosts": "dns files"}, {"nsswitch_hosts": ("resolution", INFO)}),
    ({"nsswitch_hosts": "files dns"}, {"nsswitch_hosts": "files"}, {"nsswitch_hosts": ("no-names", WARNING)}),
    ({"nsswitch_hosts": "files"}, {"nsswitch_hosts": "files myhostname"}, {"nsswitch_hosts": ("resolution", INFO)}),
    (
        {"nsswitch_hosts": "files dns"},
        {"nsswitch_hosts": "resolve [!UNAVAIL=return] files"},
        {"nsswitch_hosts": ("resolution", INFO)},
    ),
    # On a machine, and on a network that users define, somebody answers there.
    (
        {"resolvers": {"count": 1, "kinds": ["other"]}},
        {"resolvers": {"count": 1, "kinds": ["loopback stub"]}},
        {"resolvers": ("resolution", INFO)},
    ),
    (
        {"resolvers": {"count": 1, "kinds": ["loopback stub"]}},
        {"resolvers": {"count": 2, "kinds": ["other"]}},
        {"resolvers": ("resolution", INFO)},
    ),
    ({"search": {"domains": []}}, {"search": {"domains": ["lan"]}}, {"search": ("resolution", INFO)}),
]
