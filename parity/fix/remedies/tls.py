"""What Python's ssl trusts and allows."""

from __future__ import annotations

from collections.abc import Iterator

from parity.fix.context import Context
from parity.fix.deployment import constant, rebuilt, there
from parity.fix.model import Command, Edit, Remedy, Side
from parity.fix.remedies.installs import as_root, installed
from parity.fix.remedies.packages import requirement
from parity.fix.system import manager
from parity.fix.tools import add
from parity.policy.model import Finding

TITLE = "certificates that are not trusted, protocols that are not allowed"

_OWN = {
    "apt": ("/usr/local/share/ca-certificates", "update-ca-certificates"),
    "apk": ("/usr/local/share/ca-certificates", "update-ca-certificates"),
    "dnf": ("/etc/pki/ca-trust/source/anchors", "update-ca-trust"),
}


def remedy(finding: Finding, context: Context) -> Iterator[Remedy]:
    """Trust the same roots, or allow the same protocols."""
    if finding.section != "tls":
        return
    side, rule = context.side(finding), finding.id.partition(".")[2]
    if rule in ("no-roots", "roots"):
        yield installed(context, side, "ca-certificates")
    elif rule == "own-roots" or finding.key.startswith("own_roots"):
        yield _own(side, context)
    elif rule == "certifi":
        item = context.wanted(side, "packages", "certifi")
        if item is not None:
            word = requirement("certifi", item)
            yield Remedy(
                f"install {word}", side, (add(context.repository, word), *rebuilt(context)), constraints=(word,)
            )
    elif rule in ("security-level", "protocol", "ciphers", "provider"):
        yield _configured(side, context)


def _own(side: Side, context: Context) -> Remedy:
    directory, update = _OWN[manager(context, side)]
    note = "the certificate itself stands in no profile: take it from the side that trusts it, as a .crt in PEM"
    edits: list[Edit] = []
    if side == "production" and context.dockerfile is not None:
        edit = context.dockerfile.prepared(update, path="")
        if edit is not None:
            copy = f"COPY certificates/*.crt {directory}/"
            place = next(place for place, line in enumerate(edit.lines) if line.startswith("RUN "))
            edits = [Edit(edit.path, edit.line, 0, (*edit.lines[:place], copy, *edit.lines[place:]))]
    commands = tuple(rebuilt(context)) if edits else tuple(_trusted(side, context, directory, update))
    more = "requests and httpx take certifi's roots: name the system's bundle in SSL_CERT_FILE, REQUESTS_CA_BUNDLE"
    return Remedy(
        f"trust in {side} the roots that are trusted on the other side",
        side,
        commands,
        tuple(edits),
        notes=(note, more),
    )


def _trusted(side: Side, context: Context, directory: str, update: str) -> Iterator[Command]:
    """The commands that bring a certificate to a side that no image makes. Raises Refused for a pod."""
    at, tells = context.place, "trusts it on that machine"
    if side == "local":
        yield Command(f"sudo cp certificates/*.crt {directory}/ && sudo {update}", tells, side)
    elif at.kind in ("docker", "compose", "kubernetes"):
        trusting = Command(as_root(context, update), "trusts it, until the container is made again", side)
        yield Command(at.keeper("cp", "certificates/.", f"{at.name}:{directory}"), "takes it there", side)
        yield trusting
    else:
        yield Command(there(context, f"sudo cp certificates/*.crt {directory}/ && sudo {update}"), tells, side)


def _configured(side: Side, context: Context) -> Remedy:
    """OpenSSL's configuration named by its variable, so that the system's own stays."""
    path = "/etc/ssl/parity-openssl.cnf"
    note = f"write to {path} what the other side's openssl.cnf says of protocols, ciphers and providers (config(5ssl))"
    if side == "local":
        command = Command(f"export OPENSSL_CONF={path}", "for this shell", "local")
        return Remedy("allow locally what production allows", side, (command,), notes=(note,))
    edits, commands = constant(context, "OPENSSL_CONF", path)
    weaker = (
        "allowing older protocols weakens every connection of the process: better to bring the other end up to date"
    )
    return Remedy(
        "allow in production what is allowed locally", side, tuple(commands), tuple(edits), notes=(note, weaker)
    )
