"""A real sshd on loopback through the real client: what works, and every way in which it does not."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from parity.errors import Incomplete, TargetError, Unreachable
from parity.profile import Status
from parity.profile.document import render
from parity.snapshot.request import Request
from parity.targets import open_target
from parity.targets.ssh import Ssh
from tests.sshd import Sshd, free_port
from tests.targets.conftest import SERVE, StartPython, StartSshd
from tests.targets.looking import states, take
from tests.units import Units

# A user's configuration at its worst: each of these would write known_hosts, prompt, or change what runs.
EAGER = ("CheckHostIP yes", "UpdateHostKeys yes", "StrictHostKeyChecking no", "RemoteCommand echo nothing")


def test_a_login_gives_a_profile_and_known_hosts_stays_as_it_was(start_sshd: StartSshd) -> None:
    sshd = start_sshd(client=EAGER)
    sshd.known_hosts.write_text(sshd.known_hosts.read_text("ascii").replace("[127.0.0.1]", "[nowhere]"), "ascii")
    before = sshd.known_hosts.read_bytes()
    profile = take(f"ssh://localhost:{sshd.port}")
    assert (profile.target.kind, profile.target.reference) == ("ssh", f"localhost:{sshd.port}")
    assert profile.sections["python"].status is Status.OK
    assert "SSH_CONNECTION" in states(profile)
    assert any("the login's" in note for note in profile.sections["environment"].notes)
    assert sshd.known_hosts.read_bytes() == before


def test_no_address_is_written_beside_a_known_name() -> None:
    # The client does so for other machines only, whatever else it is told: there is none to try it on.
    target, request = open_target("ssh://prod", Request())
    assert isinstance(target, Ssh)
    assert "CheckHostIP=no" in target.argv(request)


def test_a_host_of_the_users_configuration_is_reached_and_its_user_not_recorded(sshd: Sshd) -> None:
    user = os.environ.get("USER", "root") if os.geteuid() else "root"
    profile = take(f"ssh://{user}@prod")
    assert profile.target.reference == profile.name == "prod"
    assert f"{user}@" not in render(profile)


def test_what_a_login_prints_before_the_answer_is_passed_over(start_sshd: StartSshd) -> None:
    noise = 'echo "Welcome to $(uname)"; echo "0 updates" >&2; eval "$SSH_ORIGINAL_COMMAND"; echo Bye'
    start_sshd(server=(f"ForceCommand {noise}",))
    assert take("ssh://prod").sections["python"].status is Status.OK


def test_the_interpreter_may_be_named(sshd: Sshd) -> None:
    profile = take(f"ssh://prod?python={sys.executable}")
    assert profile.sections["python"].items["version"] == ".".join(map(str, sys.version_info[:3]))
    with pytest.raises(Incomplete, match="no Python was found on prod"):
        take("ssh://prod?python=/nonexistent/it%27s%20python")


def test_the_process_that_serves_is_found_in_the_same_round_trip(sshd: Sshd, start_python: StartPython) -> None:
    process = start_python(environ={"SERVES": "1"})
    profile = take(f"ssh://prod?pid={process.pid}")
    assert states(profile) == {"SERVES": "set"}
    assert profile.target.reference == "prod"
    assert not profile.sections["environment"].notes
    assert sshd.trace.read_text("ascii") == "started\n"


def test_a_unit_is_found_in_the_same_round_trip(sshd: Sshd, units: Units) -> None:
    units.start("parity-test-web.service", [sys.executable, "-c", SERVE], {"OF_UNIT": ""})
    profile = take("ssh://prod?unit=parity-test-web")
    assert states(profile) == {"OF_UNIT": "empty"}
    assert profile.target.reference == "prod?unit=parity-test-web.service"
    assert sshd.trace.read_text("ascii") == "started\n"


def test_a_unit_or_process_that_is_not_there_is_said_to_be(sshd: Sshd) -> None:
    with pytest.raises(Unreachable, match=r"prod: no process of that unit runs") as caught:
        take("ssh://prod?unit=parity-test-none")
    assert "systemctl status parity-test-none.service" in (caught.value.hint or "")
    with pytest.raises(Unreachable, match="prod: there is no process 4194304"):
        take("ssh://prod?pid=4194304")


def test_a_changed_host_key_ends_the_attempt(start_sshd: StartSshd) -> None:
    sshd = start_sshd(client=EAGER)
    sshd.know(sshd.new_key("another"))
    before = sshd.known_hosts.read_bytes()
    with pytest.raises(Unreachable, match="the host key of prod is not the one in known_hosts") as caught:
        take("ssh://prod")
    assert "ssh-keygen -R" in (caught.value.hint or "")
    assert sshd.known_hosts.read_bytes() == before


def test_an_unknown_host_key_ends_the_attempt(start_sshd: StartSshd) -> None:
    sshd = start_sshd(client=EAGER)
    sshd.known_hosts.write_bytes(b"")
    with pytest.raises(Unreachable, match="the host key of prod is not known"):
        take("ssh://prod")
    assert sshd.known_hosts.read_bytes() == b""


def test_a_user_that_is_refused_is_never_asked_for_a_password(start_sshd: StartSshd) -> None:
    start_sshd(server=("KbdInteractiveAuthentication yes",))
    with pytest.raises(Unreachable, match="prod refused the login, and parity types no password") as caught:
        take("ssh://nobody-here@prod")
    assert caught.value.exit_code == 3


def test_a_port_where_nothing_listens(sshd: Sshd) -> None:
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1 refuses the connection"):
        take(f"ssh://127.0.0.1:{free_port()}")


def test_a_name_that_does_not_resolve(sshd: Sshd) -> None:
    with pytest.raises(Unreachable, match=r"the name nowhere\.invalid cannot be resolved"):
        take("ssh://nowhere.invalid")


def test_a_server_that_accepts_and_never_answers(sshd: Sshd) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        with pytest.raises(Unreachable, match=r"127\.0\.0\.1 does not answer"):
            take(f"ssh://127.0.0.1:{silent.getsockname()[1]}", timeout=1)
        assert time.monotonic() - began < 4


def test_a_login_that_hangs_costs_its_deadline_and_leaves_no_client(start_sshd: StartSshd) -> None:
    sshd = start_sshd(server=("ForceCommand sleep 60",))
    began = time.monotonic()
    with pytest.raises(Unreachable, match="prod gave no answer within the deadline"):
        take("ssh://prod", timeout=1)
    assert time.monotonic() - began < 5
    assert not _clients(sshd)


def test_a_login_without_a_python(start_sshd: StartSshd) -> None:
    start_sshd(server=('ForceCommand PATH=/nonexistent; eval "$SSH_ORIGINAL_COMMAND"',))
    with pytest.raises(Incomplete, match="no Python was found on prod") as caught:
        take("ssh://prod")
    assert "?python=" in (caught.value.hint or "")


def test_a_login_that_may_run_nothing(start_sshd: StartSshd) -> None:
    start_sshd(server=("ForceCommand echo This account is currently not available. >&2; exit 1",))
    with pytest.raises(Incomplete, match=r"exit status 1 \(This account is currently not available\.\)"):
        take("ssh://prod")


def test_a_configuration_that_ssh_refuses(start_sshd: StartSshd) -> None:
    start_sshd(client=("NoSuchOption yes",))
    with pytest.raises(Unreachable, match="the configuration of ssh on this machine is refused"):
        take("ssh://prod")


def test_no_master_is_left_behind_and_one_that_runs_is_used(start_sshd: StartSshd, tmp_path: Path) -> None:
    socket_path = tmp_path / "master"
    sshd = start_sshd(client=("ControlMaster auto", f"ControlPath {socket_path}", "ControlPersist 60"))
    assert take("ssh://prod").sections["python"].status is Status.OK
    assert not socket_path.exists()
    assert not _clients(sshd)
    subprocess.run(["ssh", "-N", "-f", "-o", "BatchMode=yes", "prod"], check=True, stdin=subprocess.DEVNULL)
    sshd.stop()
    try:
        # Nothing listens any more: only over the master is there a way.
        assert take("ssh://prod").sections["python"].status is Status.OK
        assert socket_path.exists()
    finally:
        subprocess.run(["ssh", "-O", "exit", "prod"], check=True, stderr=subprocess.DEVNULL)


@pytest.mark.parametrize(
    "word",
    [
        "ssh://",
        "ssh://-oProxyCommand=touch%20x",
        "ssh://-oProxyCommand=touch x",
        "ssh://a;b",
        "ssh://$(touch x)",
        "ssh://a b",
        "ssh://host:",
        "ssh://host:0",
        "ssh://host:65536",
        "ssh://host:-1",
        "ssh://host:٢٢",
        "ssh://@host",
        "ssh://-l@host",
        "ssh://us er@host",
        "ssh://us;er@host",
        "ssh://2001:db8::1",
        "ssh://[2001:db8::1",
        "ssh://[nonsense]",
        "ssh://[::1%-x y]",
        "ssh://host/path",
        "ssh://host?pid=0",
        "ssh://host?pid=-1",
        "ssh://host?pid=1;reboot",
        "ssh://host?unit=-H%20tcp://x",
        "ssh://host?unit=a/../b",
        "ssh://host?unit=",
        "ssh://host?pid=1&unit=web",
        "ssh://host?user=root",
        "ssh://" + "a" * 300,
        "ssh://" + "a" * 4096,
    ],
)
def test_hostile_names_are_refused_before_anything_starts(word: str, traced: Path) -> None:
    with pytest.raises(TargetError):
        open_target(word, Request())
    assert not traced.exists()


@pytest.mark.parametrize(
    "word", ["ssh://deploy:Sk-canary@host", "ssh://deploy:Sk-canary/x@host", "ssh://u:Sk@canary@host"]
)
def test_a_password_is_refused_without_an_echo(word: str) -> None:
    with pytest.raises(TargetError, match="takes no password") as caught:
        open_target(word, Request())
    assert "canary" not in f"{caught.value} {caught.value.hint}"


@pytest.mark.parametrize(
    ("word", "reference"),
    [
        ("ssh://web-1", "web-1"),
        ("ssh://deploy@web_1.example:2222", "web_1.example:2222"),
        ("ssh://[2001:db8::1]", "[2001:db8::1]"),
        ("ssh://u@[fe80::1%eth0]:22", "[fe80::1%eth0]:22"),
        ("ssh://web-1?unit=worker@1", "web-1?unit=worker@1.service"),
        ("ssh://web-1?pid=12", "web-1"),
    ],
)
def test_honest_names_are_taken(word: str, reference: str) -> None:
    target, _ = open_target(word, Request())
    assert target.reference == reference


def _clients(sshd: Sshd) -> list[str]:
    """Command lines of the clients that still run with this server's configuration."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
            except OSError:
                continue
            if str(sshd.directory / "ssh_config") in words:
                found.append(" ".join(words))
    return found
