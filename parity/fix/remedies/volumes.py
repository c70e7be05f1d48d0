"""Paths that the process may not use: their owner, their mount, and the room in them."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

from parity.diff.model import Kind
from parity.fix.context import Context
from parity.fix.deployment import compose_service, rebuilt, restarted, there, workload
from parity.fix.model import Command, Edit, Remedy
from parity.fix.words import Refused
from parity.fix.words import path as checked
from parity.policy.model import Finding
from parity.profile.item import field

TITLE = "a path of another owner, read-only, or not mounted"

_QUIET = frozenset({"extra", "options", "owner", "missing"})


def remedy(finding: Finding, context: Context) -> Iterator[Remedy]:
    """Give one path to the process."""
    rule = finding.id.partition(".")[2]
    if finding.section != "volumes" or finding.kind is Kind.EXTRA:
        return
    if rule in _QUIET and not context.named:
        return
    where = checked(finding.key)
    side = context.side(finding)
    if side == "local":
        _own_to_give(where)
        user = _owner(context, "local")
        command = Command(
            f"sudo chown -R {user} {quote(where)}", "gives it to the user that the program runs as", "local"
        )
        yield Remedy(f"give {where} to the process locally", "local", (command,))
    elif field(context.has("production", "volumes", where), "read_only") is True and rule != "not-mounted":
        yield from _writable(where, context)
    elif rule == "not-mounted":
        yield _mounted(where, context)
    elif rule == "small":
        yield from _larger(where, finding, context)
    else:
        yield owned(where, context)


def owned(where: str, context: Context) -> Remedy:
    """A directory in the image that the process owns, and what is mounted there given to it."""
    _own_to_give(where)
    user = _owner(context, "production")
    uid, _, gid = user.partition(":")
    edits: list[Edit] = []
    if context.dockerfile is not None:
        edit = context.dockerfile.prepared(f"install -d -o {uid} -g {gid} {where}", path=where)
        edits += [edit] if edit is not None else []
    pod = workload(context)
    if pod is not None:
        group = pod[0].put(pod[1], ("securityContext", "fsGroup"), gid)
        edits += [group] if group is not None else []
    commands = (*_chown(where, user, context), *(rebuilt(context) if context.dockerfile is not None else ()))
    if pod is not None and edits:
        commands = tuple(restarted(context))
    note = "a volume that is there already keeps its owner until it is given away once, by the first command"
    kept = field(context.has("production", "volumes", where), "kind") == "volume"
    return Remedy(
        f"give {where} to {user} in production",
        "production",
        commands,
        tuple(edits),
        notes=(note,) if kept and edits else (),
    )


_OF_THE_SYSTEM = frozenset(
    {"/", "/bin", "/boot", "/dev", "/dev/shm", "/etc", "/home", "/lib", "/lib64", "/media", "/mnt", "/opt", "/proc"}  # noqa: S108
    | {"/root", "/run", "/sbin", "/srv", "/sys", "/tmp", "/usr", "/usr/bin", "/usr/lib", "/usr/local", "/var"}  # noqa: S108
    | {"/var/cache", "/var/lib", "/var/log", "/var/run", "/var/spool", "/var/tmp"}  # noqa: S108
)
"""Directories that many programs share: given to one with all that is in them, the others have lost them."""


def _own_to_give(where: str) -> None:
    if (where.rstrip("/") or "/") in _OF_THE_SYSTEM:
        raise Refused(
            f"{where} is the system's, and is given to no one program: have it write to a directory of its own"
        )


def _owner(context: Context, side: str) -> str:
    """ "uid:gid" of the process."""
    items = context.sides.items("process")[side == "production"]
    uid, gid = items.get("uid"), items.get("gid")
    if isinstance(uid, int) and not isinstance(uid, bool):
        return f"{uid}:{gid if isinstance(gid, int) else uid}"
    return "$(id -u):$(id -g)" if side == "local" else "1000:1000"


def _chown(where: str, user: str, context: Context) -> Iterator[Command]:
    at = context.place
    tells = "gives what is mounted there to the user of the process"
    if at.kind == "docker":
        yield Command(f"docker exec --user 0 {at.name} chown -R {user} {where}", tells, "production")
    elif at.kind == "compose":
        yield Command(at.keeper("exec", "--user", "0", at.name, "chown", "-R", user, where), tells, "production")
    elif at.kind == "kubernetes":
        yield Command(
            at.keeper(
                "patch",
                at.name,
                "--patch",
                f'{{"spec":{{"template":{{"spec":{{"securityContext":{{"fsGroup":{user.partition(":")[2]}}}}}}}}}}}',
            ),
            "has the kubelet give the volumes to the group of the process",
            "production",
        )
    else:
        yield Command(there(context, f"sudo chown -R {user} {where}"), tells, "production")


def _writable(where: str, context: Context) -> Iterator[Remedy]:
    """Without the mount's read-only, or, on a root that is read-only, with a file system in memory there."""
    root = field(context.has("production", "volumes", "/"), "read_only") is True
    own = field(context.has("production", "volumes", where), "kind") in ("overlay", "directory", None)
    edits: list[Edit] = []
    service, pod = compose_service(context), workload(context)
    if service is not None and root and own:
        edit = service[0].item(service[1], ("tmpfs",), (where,))
        edits += [edit] if edit is not None else []
    elif service is not None:
        for one in service[1].each("volumes"):
            if one.text is not None and one.text.split(":")[1:2] == [where] and one.text.endswith(":ro"):
                edit = service[0].line_with(one.line, one.text, one.text.removesuffix(":ro"))
                edits += [edit] if edit is not None else []
    elif pod is not None:
        for one in pod[2].each("volumeMounts"):
            told = one.get("readOnly")
            if one.said("mountPath") == where and told is not None and told.text == "true":
                edit = pod[0].line_with(told.line, "readOnly: true", "readOnly: false")
                edits += [edit] if edit is not None else []
    if edits:
        yield Remedy(
            f"let the process write to {where} in production", "production", tuple(restarted(context)), tuple(edits)
        )
        return
    flag = f"--tmpfs {where}" if root and own else f"--volume NAME:{where}"
    command = Command(f"docker run {flag} …", "starts it with a place that can be written there", "production")
    if context.place.kind in ("ssh", "systemd", ""):
        command = Command(there(context, f"sudo mount -o remount,rw {where}"), "lets it be written", "production")
    yield Remedy(f"let the process write to {where} in production", "production", (command,))


def _mounted(where: str, context: Context) -> Remedy:
    service = compose_service(context)
    if service is not None:
        name = where.strip("/").replace("/", "-") or "data"
        found = [service[0].item(service[1], ("volumes",), (f"{name}:{where}",))]
        root = service[0].roots[0]
        if root.get("volumes", name) is None:
            found.append(service[0].put(root, ("volumes", name), "{}"))
        edits = tuple(one for one in found if one is not None)
        if len(edits) == len(found):
            return Remedy(f"mount a volume at {where} in production", "production", tuple(restarted(context)), edits)
    command = Command(
        f"docker run --volume NAME:{where} …", "starts it with the volume; NAME as it is called there", "production"
    )
    return Remedy(f"mount at {where} in production what is mounted there locally", "production", (command,))


def _larger(where: str, finding: Finding, context: Context) -> Iterator[Remedy]:
    size = field(context.wanted("production", "volumes", finding.key), "size")
    if not isinstance(size, int) or isinstance(size, bool):
        return
    if where == "/dev/shm":  # noqa: S108
        service = compose_service(context)
        edit = service[0].put(service[1], ("shm_size",), str(size)) if service is not None else None
        if edit is not None:
            yield Remedy(
                f"give /dev/shm {size:,} bytes in production", "production", tuple(restarted(context)), (edit,)
            )
            return
    flag = f"--shm-size {size}" if where == "/dev/shm" else f"--tmpfs {where}:size={size}"  # noqa: S108
    command = Command(f"docker run {flag} …", "starts it with as much room as there is locally", "production")
    yield Remedy(f"give {where} {size:,} bytes in production", "production", (command,))
