"""What is mounted, and the paths that were asked for: whose they are, and what the process may do there."""

from parity.probe.kit import Section, Unavailable, literal
from parity.probe.process import access, accounts, home, mountinfo

TITLE = "Volumes"
WHY = "a volume that is missing, read-only or owned by another user fails at the first write"
COMPARED = {
    "kind": "exact",
    "read_only": "flag",
    "noexec": "flag",
    "exists": "exact",
    "mounted": "exact",
    "uid": "exact",
    "gid": "exact",
    "mode": "exact",
    "size": "exact",
    "readable": "exact",
    "writable": "exact",
}
SEVERITY = {"missing": "info", "changed": "info", "extra": "info"}
READS = ("/etc/passwd", "/etc/group")

MOUNTS_LIMIT = 256
FILESYSTEM_LIMIT = 64

_EVERYWHERE = ("/", "/tmp")
"""Paths that every program meets, be they mounts or not: a root that is read-only needs a /tmp that is not."""

_WRITTEN = ("/dev/shm", "/run", "/tmp", "/var/tmp")
"""Directories that programs write to, so that a mount there matters to each."""


def collect(view):
    process = view.process
    if process is None or not process.runs:
        raise Unavailable("it takes a running process")
    section = Section()
    known = accounts.read(view)
    own_home = home.directory(process, known)[0]
    asked = home.asked(view, own_home)
    table = process.mounts
    if table is None:
        reason = process.refused.get("mountinfo", "the kernel does not tell")
        if not asked:
            raise Unavailable(reason)
        section.hide("*", "what is mounted is not known: " + reason)
        table = mountinfo.Table([])
    if table.unparsed:
        section.hide("*", "a part of what is mounted could not be understood")
    mounts = _chosen(section, process, table, [own_home, *asked.values()])
    places = {home.shortened(path, process, own_home): path for path in [*mounts, *_EVERYWHERE]}
    places.update(asked)
    found, reasons = access.look(view, list(places.values()))
    for key, path in places.items():
        if path in reasons:
            section.hide(literal(key), reasons[path])
        if path in mounts or path in found:
            _add(section, key, mounts.get(path) or table.holding(path), path in mounts, found.get(path), known)
    return section


def _chosen(section, process, table, anchors):
    """{path: Mount} of what is worth recording."""
    mounts = {mount.path: mount for mount in table.visible() if not mount.pseudo or mount.path == "/"}
    if not process.serves and not table.contained:
        near = _near(process, table, [anchor for anchor in [*anchors, process.cwd, *_WRITTEN] if anchor])
        if len(near) < len(mounts):
            section.note("mounts that neither the working directory, the home nor a --path touches were left out")
        mounts = {path: mount for path, mount in mounts.items() if path in near}
    if len(mounts) > MOUNTS_LIMIT:
        section.hide("*", "there are more than %d mounts" % MOUNTS_LIMIT)
    return {path: mounts[path] for path in sorted(mounts)[:MOUNTS_LIMIT]}


def _near(process, table, anchors):
    """Paths of the mounts of a whole machine that a program could meet: those on the way to its directories,
    and below the one that it works in."""
    near = {mount.path for anchor in anchors for mount in table.trail(anchor)}
    if process.cwd and process.cwd != "/":
        near.update(mount.path for mount in table.visible() if mountinfo.below(mount.path, process.cwd))
    return near & {mount.path for mount in table.visible() if not mount.pseudo or mount.path == "/"}


def _add(section, key, mount, mounted, facts, known):
    if facts is not None and not facts["exists"]:
        section.items[key] = {"exists": False}
        return
    item = {}
    if mounted:
        item["kind"] = mount.kind
        item["filesystem"] = mount.filesystem[:FILESYSTEM_LIMIT]
        # What a disk holds is its own; shared memory is among the limits.
        if mount.filesystem == "tmpfs" and key != mountinfo.SHARED_MEMORY:
            item["size"] = (facts or {}).get("size") or mount.size
    else:
        item["kind"] = "directory" if facts["directory"] else "file"
    if mount is not None:
        item["read_only"] = mount.read_only
        item["noexec"] = mount.noexec
    if facts is not None:
        item["exists"] = True
        item["mode"] = "%04o" % facts["mode"]
        item["user"] = known.users.get(facts["uid"])
        item["group"] = known.groups.get(facts["gid"])
        item.update({name: facts[name] for name in ("uid", "gid", "readable", "writable")})
    if mounted and facts is not None:
        left = {"available_bytes": facts.get("space"), "available_inodes": facts.get("inodes")}
        section.volatile[key] = {name: count for name, count in left.items() if count is not None}
    section.items[key] = item
