"""Names of hosts that the hosts file gives an address."""

from __future__ import annotations

from collections.abc import Iterator

from parity.fix.context import Context
from parity.fix.deployment import compose_service, restarted, there
from parity.fix.model import Command, Remedy, Where
from parity.fix.words import Refused, host
from parity.policy.model import Finding

TITLE = "a host whose name does not resolve"


def remedy(finding: Finding, context: Context) -> Iterator[Remedy]:
    """Give the name an address there, too. No profile holds the address."""
    if finding.section != "network" or not finding.key.startswith("hosts."):
        return
    name = host(finding.key.removeprefix("hosts."))
    side = context.side(finding)
    note = "the address stands in no profile: `getent hosts` tells it on the side that has it"
    service = compose_service(context)
    if side == "production" and service is not None:
        word = f'"{name}:${{ADDRESS:?of {name}}}"'
        edit = service[0].item(service[1], ("extra_hosts",), (word,))
        if edit is not None:
            yield Remedy(
                f"give {name} an address in production", side, tuple(restarted(context)), (edit,), notes=(note,)
            )
            return
    where: Where = "local" if side == "local" else "production"
    text = f'echo "$ADDRESS {name}" | sudo tee --append /etc/hosts'
    if side == "production" and context.place.kind == "kubernetes":
        raise Refused(f"a pod's hosts file is written from its manifest: add {name} to spec.hostAliases")
    if side == "production" and context.place.kind in ("docker", "compose"):
        text = f'docker run --add-host {name}:"$ADDRESS" …'
    elif side == "production" and context.place.kind != "systemd":
        # The address is of this shell: it goes over as text.
        text = f'echo "$ADDRESS {name}" | {there(context, "sudo tee --append /etc/hosts")}'
    yield Remedy(
        f"give {name} an address in {side}", side, (Command(text, "$ADDRESS is the host's", where),), notes=(note,)
    )
