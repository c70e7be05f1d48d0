"""The user that the process runs as, its home, and what it may do."""

from __future__ import annotations

from collections.abc import Iterator

from parity.fix.context import Context
from parity.fix.deployment import compose_service, constant, rebuilt, restarted, workload
from parity.fix.model import Command, Edit, Remedy
from parity.fix.remedies.installs import as_root
from parity.fix.remedies.volumes import owned
from parity.fix.words import path
from parity.policy.model import Finding
from parity.profile.item import field

TITLE = "another user, a home that cannot be written, a right that is not there"


def remedy(finding: Finding, context: Context) -> Iterator[Remedy]:
    """One fact of the process made what it is on the other side."""
    if finding.section not in ("process", "container") or context.side(finding) == "local":
        return
    rule = finding.id.partition(".")[2]
    if finding.key == "home":
        yield _home(context)
    elif rule == "working-directory":
        where = field(context.has("production", "process", "working_directory"), "path")
        if isinstance(where, str):
            yield owned(path(where), context)
    elif finding.key == "working_directory":
        yield _directory(context)
    elif rule == "passwd-entry" or finding.key == "passwd_entry":
        yield _entry(context)
    elif finding.key in ("uid", "gid", "user"):
        yield from _user(finding, context)
    elif rule == "read-only-root":
        yield _room(context)
    elif finding.key == "umask":
        yield _umask(finding, context)
    elif finding.key in ("capabilities", "privileged"):
        yield from _capabilities(context)


def _ids(context: Context, side: str) -> tuple[int, int] | None:
    items = context.sides.items("process")[side == "production"]
    uid, gid = items.get("uid"), items.get("gid")
    if not isinstance(uid, int) or isinstance(uid, bool):
        return None
    return uid, gid if isinstance(gid, int) and not isinstance(gid, bool) else uid


def _home(context: Context) -> Remedy:
    """A home of its own, rather than rights in one that is somebody else's."""
    local = field(context.wanted("production", "process", "home"), "path")
    uid, gid = _ids(context, "production") or (1000, 1000)
    home = path(local) if isinstance(local, str) and local.startswith("/home/") else "/home/app"
    edits, commands = constant(context, "HOME", home)
    if context.dockerfile is not None:
        made = context.dockerfile.prepared(f"install -d -o {uid} -g {gid} {home}", path=home)
        edits = [*([made] if made is not None else []), *edits]
    elif context.place.kind in ("docker", "compose", "ssh", "systemd"):
        line = as_root(context, f"install -d -o {uid} -g {gid} {home}")
        commands = [Command(line, "makes it, until the next deploy", "production"), *commands]
    return Remedy(f"give the process a home at {home} that it can write", "production", tuple(commands), tuple(edits))


def _entry(context: Context) -> Remedy:
    uid, gid = _ids(context, "production") or (1000, 1000)
    run = (
        f"getent group {gid} >/dev/null || groupadd --gid {gid} app; useradd --uid {uid} --gid {gid} --create-home app"
    )
    edits: tuple[Edit, ...] = ()
    if context.dockerfile is not None and (edit := context.dockerfile.prepared(run, path="")) is not None:
        edits = (edit,)
    commands = (
        tuple(rebuilt(context))
        if edits
        else (Command(as_root(context, run), "gives the uid a name and a home", "production"),)
    )
    return Remedy(f"give uid {uid} an entry in /etc/passwd", "production", commands, edits)


def _directory(context: Context) -> Remedy:
    """Started where the program's files are, for those that it names from there."""
    where = field(context.wanted("production", "process", "working_directory"), "path")
    told = path(where) if isinstance(where, str) and where.startswith(_DEPLOYED) else "DIR"
    service, at = compose_service(context), context.place
    edit = service[0].put(service[1], ("working_dir",), told) if service is not None and told != "DIR" else None
    note = "or have the program build the path from __file__: then it finds it wherever it is started"
    if at.kind == "systemd":
        command = Command(
            f"sudo systemctl edit {at.name}", f"opens a file for [Service] and WorkingDirectory={told}", "production"
        )
    else:
        tells = (
            "starts it there" if told != "DIR" else "starts it there; DIR as the program's files stand in production"
        )
        command = Command(f"docker run --workdir {told} …", tells, "production")
    commands = tuple(restarted(context)) if edit is not None else (command,)
    return Remedy(
        "start production in the directory that holds the program's files",
        "production",
        commands,
        (edit,) if edit is not None else (),
        notes=(note,),
    )


_DEPLOYED = ("/app", "/srv", "/opt", "/usr/src", "/code", "/workspace")
"""Directories that images keep a program in: a laptop's own is no place for production."""


def _user(finding: Finding, context: Context) -> Iterator[Remedy]:
    items = context.items("production", "process")
    nobody = items.get("passwd_entry") is False or ("user" in items and items["user"] is None)
    if (nobody or finding.key == "user") and _ids(context, "production") is not None:
        yield _entry(context)
        return
    wanted = _ids(context, "local")
    if wanted is None:
        return
    user = f"{wanted[0]}:{wanted[1]}"
    service, pod = compose_service(context), workload(context)
    edits: list[Edit] = []
    if pod is not None:
        for key, value in (("runAsUser", wanted[0]), ("runAsGroup", wanted[1])):
            edit = pod[0].put(pod[2], ("securityContext", key), str(value))
            edits += [edit] if edit is not None else []
    elif service is not None:
        edit = service[0].put(service[1], ("user",), f'"{user}"')
        edits += [edit] if edit is not None else []
    flag = Command(f"docker run --user {user} …", "starts it as the user that it works as", "production")
    commands = tuple(restarted(context)) if edits else (flag,)
    yield Remedy(f"run it as {user} in production, as locally", "production", commands, tuple(edits))


def _room(context: Context) -> Remedy:
    """The root may stay read-only, where the program has /tmp to write to."""
    service, pod = compose_service(context), workload(context)
    edits: list[Edit | None] = []
    if service is not None:
        edits.append(service[0].item(service[1], ("tmpfs",), ("/tmp",)))  # noqa: S108
    elif pod is not None:
        edits.append(pod[0].item(pod[2], ("volumeMounts",), ("name: tmp", "mountPath: /tmp")))
        edits.append(pod[0].item(pod[1], ("volumes",), ("name: tmp", "emptyDir: {}")))
    kept = tuple(one for one in edits if one is not None)
    command = Command(
        "docker run --read-only --tmpfs /tmp …", "keeps the root read-only, and gives it /tmp", "production"
    )
    commands = tuple(restarted(context)) if kept else (command,)
    note = "other paths that the program writes to need a mount each: parity diff names those that were looked at"
    return Remedy("give the read-only root a /tmp to write to", "production", commands, kept, notes=(note,))


def _umask(finding: Finding, context: Context) -> Remedy:
    local = str(finding.local)
    value = local if local.isdecimal() else "0022"
    text = f"umask {value}"
    if context.place.kind == "systemd":
        text = f"sudo systemctl edit {context.place.name}"
    note = (f"[Service] UMask={value}",) if context.place.kind == "systemd" else ()
    command = Command(text, f"before the process starts: files get the rights of umask {value}", "production")
    return Remedy(f"start production with umask {value}", "production", (command,), notes=note)


def _capabilities(context: Context) -> Iterator[Remedy]:
    local = field(context.wanted("production", "process", "capabilities"), "effective")
    there = field(context.has("production", "process", "capabilities"), "effective")
    have = set(there) if isinstance(there, tuple) else set()
    lacking = sorted(set(local) - have) if isinstance(local, tuple) else []
    names = [one.upper().removeprefix("CAP_") for one in lacking if one.replace("_", "").isalnum()]
    if not names:
        return
    service = compose_service(context)
    edits = [service[0].item(service[1], ("cap_add",), (name,)) for name in names] if service is not None else []
    kept = tuple(one for one in edits if one is not None)
    flags = " ".join(f"--cap-add {name}" for name in names)
    commands = (
        tuple(restarted(context)) if kept else (Command(f"docker run {flags} …", "gives it the right", "production"),)
    )
    note = "give only what the program needs: each is a part of root's rights"
    yield Remedy(f"give the process {', '.join(names)} in production", "production", commands, kept, notes=(note,))
