"""The usual places to look when production answers 500, and the first three commands to run for each.

They look and change nothing, and none prints the value of a variable. Every command is for a shell on the machine
that parity runs on; where production's kind of target has no way in, for a shell in production itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from parity.explain.commands import Place, place, plain
from parity.explain.model import Category, Explanation, FactKind
from parity.profile.model import Profile

TITLES: Mapping[Category, str] = {
    "database": "the database: its connection, version, settings or schema",
    "variable": "a variable that is missing, empty or another",
    "code": "the program's own code or data",
    "upstream": "a service that the program calls",
    "permission": "a file or directory that it may not use",
    "environment": "what is installed: Python, packages, libraries, programs",
    "resources": "a limit of memory, processes, files or time",
}


@dataclass(frozen=True, slots=True)
class Command:
    """One command for a person to run."""

    command: str
    tells: str
    """What its output tells, a clause."""


def first_commands(explanation: Explanation, production: Profile) -> tuple[Command, ...]:
    """The three to begin with, for the category of a failure and the place that production is."""
    return _COMMANDS[explanation.category](_Subject(explanation, place(production)))


@dataclass(frozen=True, slots=True)
class _Subject:
    explanation: Explanation
    place: Place

    def named(self, *kinds: FactKind) -> str | None:
        """The first thing of a kind that the failure names and a command may hold."""
        return next((one.value for one in self.explanation.facts if one.kind in kinds and plain(one.value)), None)

    def port(self) -> str | None:
        """The port beside the host, where the log tells one."""
        found = self.named("port")
        return found if found is not None and found.isdecimal() else None

    def scheme(self, host: str) -> str:
        """Of the address that the log has of the host: "http", or "https" where it has none."""
        said = (one.words for one in self.explanation.facts if one.kind == "host" and one.value == host)
        return "http" if any(f"http://{host}" in words for words in said) else "https"

    def server(self) -> str:
        """ "sqlite", "mysql", "redis" or "postgresql", by the exceptions and the likeliest causes."""
        failure = self.explanation.failure
        said = [f"{one.type} {one.message}" for one in failure.chain] if failure is not None else []
        said += [one.label for one in self.explanation.causes[:1]]
        text = " ".join(said).lower()
        return next((name for name in ("sqlite", "mysql", "redis") if name in text), "postgresql")

    def cause(self, section: str) -> str | None:
        """The key of the likeliest cause in a section that a command may hold."""
        labels = (one.label.partition(".") for one in self.explanation.causes)
        return next((key for name, _, key in labels if name == section and plain(key)), None)


def _database(subject: _Subject) -> tuple[Command, ...]:
    at, server, host = subject.place, subject.server(), subject.named("host")
    if server == "sqlite":
        return _sqlite(at)
    if host is not None:
        reach = f'import socket; socket.create_connection(("{host}", {subject.port() or _PORTS[server]}), 3)'
        first = Command(
            at.run(at.python, "-c", reach), "whether the server can be reached from there: no output is a yes"
        )
    else:
        first = Command(_logs(at), "what stands around it, and which server it speaks of")
    return (
        first,
        Command(
            at.shell('psql "$DATABASE_URL" -c "select version(), current_user, current_schemas(true)"'),
            "which server answers, as whom; $DATABASE_URL as your program names it",
        ),
        Command(_variables(at), "which variables are set, names alone: the one with the DSN is among them"),
    )


_PORTS = {"postgresql": 5432, "mysql": 3306, "redis": 6379}


def _sqlite(at: Place) -> tuple[Command, ...]:
    options = 'import sqlite3; print(*sqlite3.connect(":memory:").execute("pragma compile_options"))'
    return (
        Command(
            at.run(at.python, "-c", "import sqlite3; print(sqlite3.sqlite_version)"),
            "which SQLite that Python has: the same line where it works tells the other",
        ),
        Command(at.run(at.python, "-c", options), "what it was built with"),
        Command(_variables(at), "which variables are set, names alone: the one with the database's file is among them"),
    )


def _variable(subject: _Subject) -> tuple[Command, ...]:
    at = subject.place
    name = subject.cause("environment") or subject.named("variable")
    if name is None:
        return (
            Command(_variables(at), "which variables the process has, names alone"),
            Command(_logs(at), "what stands around it, and which variable it speaks of"),
            Command("git grep -n -E 'environ|getenv'", "which variables the program reads, and with which default"),
        )
    return (
        Command(_variables(at), "which variables the process has, names alone"),
        Command(_set_where(at, name), f"where {name} would come from"),
        Command(f"git grep -n -w {name}", "where the program reads it, and with which default"),
    )


def _code(subject: _Subject) -> tuple[Command, ...]:
    failure = subject.explanation.failure
    if failure is not None and failure.kind in ("exit", "signal"):
        return (
            Command(_ended(subject.place), "how the process ended last, and whether for want of memory"),
            Command(_logs(subject.place, ""), "what it said before"),
            Command(_running(subject.place), "which release runs there, and since when"),
        )
    frames = [one for raised in failure.chain for one in raised.frames] if failure is not None else []
    own = [one for one in frames if "-packages/" not in one.file and "/lib/python" not in one.file]
    file = own[-1].file.rpartition("/")[2] if own else ""
    since = f"git log --oneline -5 -- '*{file}'" if file and plain(file) else "git log --oneline -5"
    return (
        Command(_logs(subject.place), "what stands around it, and the request that it answered"),
        Command(_running(subject.place), "which release runs there, and since when"),
        Command(since, "what changed there last"),
    )


def _upstream(subject: _Subject) -> tuple[Command, ...]:
    at, host = subject.place, subject.named("host")
    if host is None:
        return (
            Command(_logs(at), "what stands around it, and which service it speaks of"),
            Command(
                at.run("cat", "/etc/resolv.conf", "/etc/hosts"), "who is asked for names there, and which are given"
            ),
            Command(at.shell("env | cut -d= -f1 | grep -i proxy"), "whether a proxy is in between, names alone"),
        )
    url = f"{subject.scheme(host)}://{host}{f':{subject.port()}' if subject.port() else ''}/"
    ask = f'import urllib.request as r; print(r.urlopen("{url}", timeout=5).status)'
    return (
        Command(at.run("getent", "hosts", host), "whether the name resolves there, and to what"),
        Command(at.run(at.python, "-c", ask), "whether it answers from there, by the program's own way out"),
        Command(at.shell("env | cut -d= -f1 | grep -i proxy"), "whether a proxy is in between, names alone"),
    )


def _permission(subject: _Subject) -> tuple[Command, ...]:
    at, path = subject.place, subject.named("path") or subject.cause("volumes") or "."
    mount = path if path.startswith("/") else "/"
    return (
        Command(at.run("id"), "who a command there is; the process's own user is in /proc/1/status"),
        Command(at.run("ls", "-ldn", path), "whose the path is, by numbers"),
        Command(
            at.shell(f"df -h {path}; grep ' {mount} ' /proc/mounts"),
            "whether there is room, which mount it is on, and whether that is read-only (ro)",
        ),
    )


def _environment(subject: _Subject) -> tuple[Command, ...]:
    at = subject.place
    package, library = subject.cause("packages"), subject.cause("libraries") or subject.named("soname")
    program = subject.cause("executables") or subject.named("executable")
    if package:
        ask = (
            f'from importlib.metadata import distribution as d; o = d("{package}"); print(o.version, o.locate_file(""))'
        )
        thing = Command(at.run(at.python, "-c", ask), f"which {package} the program imports, and from where")
    elif library:
        thing = Command(at.shell(f"ldconfig -p | grep -F {library}"), "whether the loader finds the library")
    elif program:
        thing = Command(at.shell(f"command -v {program}"), "whether the program is on the PATH")
    else:
        thing = Command(at.run(at.python, "-m", "pip", "check"), "whether what is installed fits together")
    return (
        thing,
        Command(at.run(at.python, "-VV"), "which Python runs there"),
        Command(_running(at), "which release runs there, and since when"),
    )


def _resources(subject: _Subject) -> tuple[Command, ...]:
    at = subject.place
    cgroup = "cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory.events /sys/fs/cgroup/pids.max"
    return (
        Command(_ended(at), "how the process ended last, and whether for want of memory"),
        Command(at.shell(cgroup), "the limits of its control group, and how often they were met (version 2)"),
        Command(at.shell("ulimit -a; df -h /tmp /dev/shm"), "the process's own limits, and what room there is"),
    )


_NAMES = 'tr "\\0" "\\n" | cut -d= -f1 | sort'


def _variables(at: Place) -> str:
    if at.kind == "systemd":
        return f"sudo cat /proc/$(systemctl show -P MainPID {at.name})/environ | {_NAMES}"
    if at.kind in ("docker", "compose", "kubernetes"):
        return at.shell(f"cat /proc/1/environ | {_NAMES}")
    return at.shell("env | cut -d= -f1 | sort")


def _set_where(at: Place, name: str) -> str:
    if at.kind == "docker":
        names = '{{range .Config.Env}}{{println (index (split . "=") 0)}}{{end}}'
        return at.keeper("inspect", "--format", names, at.name) + f" | grep -i {name}"
    if at.kind == "compose":
        return f"{at.keeper('config', '--variables')} | grep -i {name}"
    if at.kind == "kubernetes":
        path = "{.spec.template.spec.containers[*].env[*].name}{.spec.template.spec.containers[*].envFrom}"
        spec = path if not at.name.startswith("pod/") else path.replace(".template.spec", "")
        return at.keeper("get", at.name, "--output", f"jsonpath={spec}")
    if at.kind == "systemd":
        return f"systemctl show -p EnvironmentFiles -p FragmentPath -p DropInPaths {at.name}"
    return at.shell(f"grep -rlw {name} .env /etc/environment /etc/default 2>/dev/null")


def _logs(at: Place, look: str = " | grep -n -B 5 -A 30 Traceback") -> str:
    search = f" 2>&1{look} | tail -200"
    if at.kind in ("docker", "compose"):
        return at.keeper("logs", "--tail=2000", at.name) + search
    if at.kind == "kubernetes":
        return at.keeper("logs", at.name, "--all-containers", "--tail=2000") + search
    if at.kind == "systemd":
        return f"journalctl -u {at.name} -n 2000 --no-pager{search}"
    return at.shell(f"journalctl -n 2000 --no-pager{search}")


def _running(at: Place) -> str:
    if at.kind == "docker":
        return at.keeper("inspect", "--format", "{{.Config.Image}} {{.Image}} {{.State.StartedAt}}", at.name)
    if at.kind == "compose":
        return at.keeper("ps", "--format", "{{.Name}} {{.Image}} {{.RunningFor}}", at.name)
    if at.kind == "kubernetes":
        return at.keeper("describe", at.name)
    if at.kind == "systemd":
        return f"systemctl show -p ExecStart -p ActiveEnterTimestamp {at.name}"
    return at.shell("ps -eo pid,lstart,args | grep -i python")


def _ended(at: Place) -> str:
    if at.kind == "docker":
        state = "{{.State.OOMKilled}} {{.State.ExitCode}} {{.RestartCount}} {{.HostConfig.Memory}}"
        return at.keeper("inspect", "--format", state, at.name)
    if at.kind == "compose":
        return at.keeper("ps", "--all", at.name)
    if at.kind == "kubernetes":
        return at.keeper("describe", at.name) + " | grep -A 8 'Last State'"
    if at.kind == "systemd":
        return f"systemctl show -p Result -p ExecMainStatus -p NRestarts -p MemoryMax {at.name}"
    return at.shell("dmesg | grep -i 'out of memory' | tail -5")


_COMMANDS: Mapping[Category, Callable[[_Subject], tuple[Command, ...]]] = {
    "database": _database,
    "variable": _variable,
    "code": _code,
    "upstream": _upstream,
    "permission": _permission,
    "environment": _environment,
    "resources": _resources,
}
