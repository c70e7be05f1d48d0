"""The Dockerfile: production's distribution and Python, its packages, its user, its directories with their owners."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from parity.fix.recipe.facts import Facts
from parity.fix.words import Refused, locale, system_package, system_version, zone
from parity.profile.item import field
from parity.profile.model import Item
from parity.text import visible

_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_FLAGS = {
    "utf8_mode": "PYTHONUTF8",
    "dev_mode": "PYTHONDEVMODE",
    "unbuffered": "PYTHONUNBUFFERED",
    "dont_write_bytecode": "PYTHONDONTWRITEBYTECODE",
    "safe_path": "PYTHONSAFEPATH",
    "optimize": "PYTHONOPTIMIZE",
}

_APT = """\
RUN apt-get update \\
    && while read -r name version; do \\
        if apt-cache madison "$name" | grep -qF " $version "; then echo "$name=$version"; \\
        elif apt-cache show "$name" >/dev/null 2>&1; then echo "$name"; \\
        fi; \\
    done < /tmp/build/system-packages.txt > /tmp/build/chosen \\
    && xargs apt-get install --yes --no-install-recommends --allow-downgrades < /tmp/build/chosen \\
    && rm -rf /var/lib/apt/lists/*"""
_OTHERS = {
    "apk": "RUN cut -d' ' -f1 /tmp/build/system-packages.txt | xargs apk add --no-cache",
    "dnf": "RUN cut -d' ' -f1 /tmp/build/system-packages.txt | xargs dnf install --assumeyes --skip-broken",
}


def dockerfile(facts: Facts, system: str) -> str:
    """The whole file. `BASE` is an argument, for a base image of one's own."""
    return "\n".join(_lines(facts, bool(system))) + "\n"


def system_packages(facts: Facts) -> str:
    """A line each, "name version"; what is no name of a package is left out."""
    lines = (_line(key, item) for key, item in sorted(facts.items("system_packages").items()))
    return "".join(f"{line}\n" for line in dict.fromkeys(lines) if line)


def _line(key: str, item: Item) -> str | None:
    try:
        return f"{system_package(key.partition(':')[0])} {system_version(field(item, 'version'))}"
    except Refused:
        return None


def missing(facts: Facts) -> Iterator[str]:
    """What the image cannot be."""
    architecture = facts.items("platform").get("architecture")
    if isinstance(architecture, str):
        yield f"platform.architecture: production's is {visible(architecture)[:40]}; --platform asks for it"
    if "kernel" in facts.items("platform"):
        yield "platform.kernel: a container runs on the kernel that it is started on"
    yield "the program itself: a profile holds no source; mount it, or copy it in the Dockerfile"


def base(facts: Facts) -> str:
    """The public image nearest to production: of Python where its build is none of the distribution's."""
    name, number = facts.distribution
    if not facts.own_python and facts.python:
        variant = "alpine" + number.rpartition(".")[0] if name == "alpine" and number.count(".") > 1 else "alpine"
        variant = variant if name == "alpine" else f"slim-{facts.codename}" if facts.codename else "slim"
        return f"python:{facts.python}-{variant}"
    if name == "debian":
        return f"debian:{facts.codename or number or 'stable'}-slim"
    tag = number.rpartition(".")[0] if name == "alpine" and number.count(".") > 1 else number
    return f"{name}:{tag or 'latest'}" if name else "debian:stable-slim"


def _lines(facts: Facts, system: bool) -> Iterator[str]:
    yield f"# The environment of {visible(facts.profile.name)}, as it was at {facts.profile.captured_at}."
    yield f"ARG BASE={base(facts)}"
    yield "FROM ${BASE}"
    yield "# Of these the build's environment is given what it is called with: an index of one's own, none at all."
    yield "ARG PIP_INDEX_URL"
    yield "ARG PIP_NO_INDEX"
    yield ""
    yield "# Wheels that stand in wheels/ beside this file are taken before those of the index."
    yield f"COPY constraints.txt{' system-packages.txt' if system else ''} wheels* /tmp/build/"
    if system:
        yield ""
        yield "# Each package at production's version where the archive still has that, else as it has it now."
        yield "# To take the newest of all: cut -d' ' -f1 /tmp/build/system-packages.txt | xargs apt-get install …"
        yield _APT if facts.manager == "apt" else _OTHERS.get(facts.manager, "")
    yield ""
    yield from _python(facts)
    yield ""
    yield from _accounts(facts)
    yield from _environment(facts)
    yield 'CMD ["sleep", "infinity"]'


def _python(facts: Facts) -> Iterator[str]:
    interpreter = "python3" if facts.own_python else "python"
    prefix = facts.prefix
    install = "install --no-cache-dir --no-deps --find-links /tmp/build --requirement /tmp/build/constraints.txt"
    if prefix is not None:
        yield f"RUN {interpreter} -m venv {prefix} && {prefix}/bin/pip {install} && rm -rf /tmp/build"
    else:
        apart = " --break-system-packages" if facts.own_python else ""
        yield f"RUN {interpreter} -m pip {install}{apart} && rm -rf /tmp/build"


def _accounts(facts: Facts) -> Iterator[str]:
    made = []
    if facts.ids is not None and facts.ids[0] != 0 and facts.user:
        uid, gid = facts.ids
        if facts.manager == "apk":
            made.append(f"(addgroup -g {gid} {facts.user} || true) && adduser -D -u {uid} -G {facts.user} {facts.user}")
        else:
            group = f"(getent group {gid} >/dev/null || groupadd --gid {gid} {facts.user})"
            user = f"(getent passwd {uid} >/dev/null || useradd --uid {uid} --gid {gid} --create-home {facts.user})"
            made.append(f"{group} && {user}")
    for where, item in facts.mounts.items():
        owner, owners, mode = field(item, "uid"), field(item, "gid"), field(item, "mode")
        numbers = isinstance(owner, int) and isinstance(owners, int)
        if numbers and isinstance(mode, str) and mode.isdecimal() and len(mode) <= 5 and where != "/tmp":  # noqa: S108
            made.append(f"install -d -o {owner} -g {owners} -m {mode} {where}")
    if made:
        yield "# The user of the process, and its directories, whose they are in production."
        yield "RUN " + " \\\n    && ".join(made)
        yield ""


def _environment(facts: Facts) -> Iterator[str]:
    directory = f"{facts.prefix}/bin:" if facts.prefix else ""
    yield f"ENV PATH={directory}{_PATH}"
    constants = dict(_constants(facts))
    if constants:
        yield "# Facts that the profile holds; every other variable stands in .env.example, without its value."
        yield "ENV " + " \\\n    ".join(f"{name}={value}" for name, value in constants.items())
    directory_of_work = facts.path("process", "working_directory", "path")
    if directory_of_work:
        yield f"WORKDIR {directory_of_work}"
    if facts.ids is not None:
        yield f"USER {facts.ids[0]}:{facts.ids[1]}"


def _constants(facts: Facts) -> Iterator[tuple[str, str]]:
    """Variables whose value is a fact of closed form, where production sets them."""
    names = facts.items("environment")
    for flag, name in _FLAGS.items():
        told = facts.items("python").get(f"flags.{flag}")
        if name in names and told not in (False, 0, None):
            yield name, str(int(told)) if isinstance(told, int) else "1"
    told = facts.items("locale").get("lc_ctype")
    for name in ("LANG", "LC_ALL"):
        if name in names and isinstance(told, str):
            yield from _taken(name, locale, told)
    told = facts.items("time").get("zone")
    if "TZ" in names and isinstance(told, str) and told != "other":
        yield from _taken("TZ", zone, told)


def _taken(name: str, form: Callable[[object], str], told: str) -> Iterator[tuple[str, str]]:
    try:
        yield name, form(told)
    except Refused:
        return


def constants(facts: Facts) -> frozenset[str]:
    """The names of the variables that the image sets itself."""
    return frozenset(name for name, _ in _constants(facts))
