"""How the container is made, as its engine or its cluster tells: names and flags only. The host asks for it.

    image             the reference that it was made from; digest, what a registry calls that image
    created           when the image was built, RFC 3339; shown, never compared
    platform          "linux/amd64"
    user              as it was configured; None for the image's root
    entrypoint        the program's file name, never an argument; command, likewise, where it is a program
    restart_policy    "no", "always", "unless-stopped", "on-failure"
    healthcheck       whether one is configured
    network_mode      "bridge", "host", "none", "container", "user-defined"; of a pod "pod"
    published_ports   {ports}: "8000/tcp"
    capabilities_added, capabilities_dropped     {names}
    privileged, read_only_root, init             yes or no
    volatile, of one that has ended: exit_code, a number, and oom_killed, yes or no, of its last run

From inside, only whether there is a container can be told.

Floor: Python 3.8, standard library only.
"""

from parity.probe.kit import Absent, Skipped, Unavailable

TITLE = "Container"
WHY = "another image, user, network or set of capabilities is another place to run in"
COMPARED = {
    "image": "exact",
    "digest": "exact",
    "platform": "exact",
    "user": "exact",
    "entrypoint": "exact",
    "command": "exact",
    "restart_policy": "exact",
    "healthcheck": "exact",
    "network_mode": "exact",
    "ports": "set",
    "names": "set",
    "privileged": "exact",
    "read_only_root": "exact",
    "init": "exact",
}
SEVERITY = {"missing": "info", "changed": "info", "extra": "info"}
READS = ()

NOT_ASKED = "it runs in a container, and its engine was not asked"

_MARKS = ("/.dockerenv", "/run/.containerenv")


def collect(view):
    process = view.process
    if process is None or not process.runs:
        raise Unavailable("only an engine tells how a container is made")
    mounts = process.mounts
    if (mounts is not None and mounts.contained) or any(view.exists(path) for path in _MARKS):
        raise Skipped(NOT_ASKED)
    if mounts is None:
        raise Unavailable(process.refused.get("mountinfo", "the kernel does not tell"))
    raise Absent("it is no container")
