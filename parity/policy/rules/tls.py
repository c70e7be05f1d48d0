"""What is trusted, and what is allowed, where a program says nothing of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from parity.diff.comparisons.pep440 import parsed
from parity.diff.model import Difference, Kind
from parity.policy.model import Finding, Rule, Severity, Sides, finding
from parity.profile.item import field
from parity.profile.model import Item

RULES = {
    "no-roots": Rule(Severity.ERROR, "production trusts no certificate at all"),
    "own-roots": Rule(Severity.WARNING, "a root that somebody added locally is not trusted in production"),
    "roots": Rule(Severity.WARNING, "production trusts fewer roots, or others"),
    "certifi": Rule(Severity.WARNING, "certifi has other roots in production"),
    "security-level": Rule(Severity.WARNING, "production asks for stronger keys and signatures"),
    "protocol": Rule(Severity.WARNING, "production allows fewer protocols"),
    "ciphers": Rule(Severity.WARNING, "production is configured with other ciphers"),
    "provider": Rule(Severity.WARNING, "a provider of algorithms is active locally and not in production"),
    "other": Rule(Severity.INFO, "another fact of TLS"),
}

_PROTOCOLS = ("None", "SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1", "default", "TLSv1.2", "TLSv1.3")
"""From the oldest; what OpenSSL allows by default has TLS 1.2 in all of its builds, and no newer one alone."""

_BUILT_IN = ("default", "python")
_SAME = "it is not the same, and production allows what local allows"


def judge(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """One finding for each key; a digest tells no more where the number of roots has changed as well."""
    changed = {one.key for one in differences}
    local, production = sides.items("tls")
    empty = bool(local.get("roots")) and production.get("roots") == 0
    for one in differences:
        if one.key.removesuffix("_digest") in changed - {one.key}:
            continue
        if one.kind is not Kind.CHANGED:
            yield finding("other", one, Severity.INFO, "only one side has it")
        elif one.key in ("min_protocol", "max_protocol"):
            yield _protocol(one, sides)
        elif one.key == "security_level":
            yield _level(one, production)
        elif one.key == "cipher_string":
            yield _ciphers(one, changed)
        elif one.key == "providers":
            yield _providers(one)
        elif "roots" in one.key:
            yield _roots(one, sides, empty)
        else:
            yield finding("other", one, Severity.INFO, _OTHERS.get(one.key, _SAME))


_OTHERS = {
    "ca_bundle": "the roots are read from another place; what they are is told by themselves",
    "openssl_conf": "only one side has a configuration of OpenSSL; what it sets is told by itself",
}


def _roots(one: Difference, sides: Sides, empty: bool) -> Finding:
    if one.key.startswith("certifi"):
        return _certifi(one, sides)
    if empty:
        severity = Severity.ERROR if one.key == "roots" else Severity.INFO
        return finding("no-roots", one, severity, "production trusts no root at all: every HTTPS request fails there")
    own = one.key.startswith("own_")
    if _fewer(one) or (own and one.key.endswith("_digest")):
        if own:
            why = "a root that was added locally is not trusted in production: what it has signed is refused there"
            return finding("own-roots", one, Severity.WARNING, why)
        return _system(one, sides)
    if one.key == "roots_digest":
        why = "as many roots are trusted, and not all of them are the same"
        return finding("roots", one, Severity.WARNING, why)
    return finding("other", one, Severity.INFO, "production trusts more roots")


def _system(one: Difference, sides: Sides) -> Finding:
    local, production = sides.items("tls")
    added = _number(local.get("own_roots")) - _number(production.get("own_roots"))
    if added > 0 and _number(one.local) - _number(one.production) <= added:
        return finding("roots", one, Severity.INFO, "production lacks the roots that were added locally, and no other")
    why = "production trusts fewer roots: a certificate that one of the others has signed is refused there"
    return finding("roots", one, Severity.WARNING, why)


def _certifi(one: Difference, sides: Sides) -> Finding:
    versions = [field(items.get("certifi"), "version") for items in sides.items("packages")]
    if versions[0] == versions[1] and versions[0] is not None:
        why = "the same version of certifi has other roots: somebody changed its bundle on one side"
        return finding("certifi", one, Severity.WARNING, why)
    if _fewer(one):
        why = "production's certifi has fewer roots, as its version has them"
        return finding("certifi", one, Severity.INFO, why)
    return finding("other", one, Severity.INFO, "another version of certifi, with other roots")


def _fewer(one: Difference) -> bool:
    return isinstance(one.local, int) and isinstance(one.production, int) and one.production < one.local


def _number(item: Item) -> int:
    return item if isinstance(item, int) else 0


def _level(one: Difference, production: Mapping[str, Item]) -> Finding:
    if not _number(one.production) > _number(one.local):
        return finding("other", one, Severity.INFO, _SAME)
    why = (
        f"production asks for security level {one.production}: weaker keys, signatures and protocols are refused there"
    )
    source = production.get("security_level_source")
    return finding("security-level", one, Severity.WARNING, why, evidence=(f"set by {source}",) if source else ())


def _protocol(one: Difference, sides: Sides) -> Finding:
    least = one.key == "min_protocol"
    if least and (one.local, one.production) == ("default", "TLSv1.2") and _by_level(sides):
        why = "local refuses what is older just the same: at its security level OpenSSL has no signature for it"
        return finding("other", one, Severity.INFO, why)
    places = [_PROTOCOLS.index(item) if item in _PROTOCOLS else -1 for item in (one.local, one.production)]
    if least and places[1] > places[0]:
        why = "production refuses older protocols that local allows: a peer that has no newer one cannot be reached"
    elif not least and one.production not in ("default", "None", "TLSv1.3"):
        why = f"production allows nothing newer than {one.production}: a peer that asks for more cannot be reached"
    else:
        return finding("other", one, Severity.INFO, _SAME)
    return finding("protocol", one, Severity.WARNING, why)


def _by_level(sides: Sides) -> bool:
    """Whether local refuses TLS before 1.2 where no least version is set: what is older signs by SHA-1 and MD5, which
    OpenSSL 3 takes at level 0 alone. Source: SSL_CTX_set_security_level(3)."""
    python, tls = sides.items("python")[0], sides.items("tls")[0]
    version = parsed(str(python.get("openssl")).rstrip("abcdefghijklmnopqrstuvwxyz"))
    return version is not None and version.major >= 3 and _number(tls.get("security_level")) >= 1


def _ciphers(one: Difference, changed: set[str]) -> Finding:
    if "security_level" in changed:
        return finding("ciphers", one, Severity.INFO, "the security level in it is told by itself")
    if one.production in _BUILT_IN:
        return finding("ciphers", one, Severity.INFO, "production has the ciphers that it was built with")
    why = "production is configured with ciphers of its own: a peer that knows none of them cannot be reached"
    return finding("ciphers", one, Severity.WARNING, why)


def _providers(one: Difference) -> Finding:
    local, production = (_members(field(item, "active")) for item in (one.local, one.production))
    lacking = sorted(local - production)
    if not lacking:
        return finding("other", one, Severity.INFO, "production has more providers of algorithms")
    why = f"the {' and '.join(lacking)} provider is not active in production: its algorithms raise there"
    return finding("provider", one, Severity.WARNING, why)


def _members(value: object) -> set[str]:
    return {one for one in value if isinstance(one, str)} if isinstance(value, tuple) else set()
