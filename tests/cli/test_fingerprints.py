"""Values that must match, without showing them: two real processes, one key, and no byte of either anywhere."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.canary import Canary
from tests.cli.program import Result, parity
from tests.images.fixtures import RunContainer
from tests.services import program

SECTION = ("--section", "environment")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "parity.key"
    path.write_bytes(os.urandom(32))
    path.chmod(0o600)
    return path


@contextmanager
def process(environ: Mapping[str, str]) -> Iterator[str]:
    """A process that serves, as a target's word."""
    with subprocess.Popen(["sleep", "60"], env={"PATH": os.environ["PATH"], **environ}) as started:
        try:
            # The environment is the program's own only once it has been executed.
            while Path(f"/proc/{started.pid}/comm").read_text().strip() != "sleep":
                time.sleep(0.001)
            yield f"pid:{started.pid}"
        finally:
            started.kill()


def told(result: Result) -> dict[str, tuple[str, str]]:
    """{key: (rule, severity)} of a diff in JSON."""
    return {one["key"]: (one["id"], one["severity"]) for one in result.document["findings"]}


def shapes_of(key: bytes) -> list[bytes]:
    """How a key may show itself."""
    return [key, key.hex().encode(), key.hex().upper().encode(), base64.b64encode(key)[:-2], repr(key)[2:-1].encode()]


@contextmanager
def watched(secrets: list[bytes]) -> Iterator[list[str]]:
    """What of the secrets shows in arguments or variables of processes that appear while the block runs."""
    shown: list[str] = []
    done = threading.Event()
    before = set(Path("/proc").iterdir())

    def watch() -> None:
        while not done.is_set():
            for found in set(Path("/proc").iterdir()) - before:
                for name in ("cmdline", "environ"):
                    try:
                        text = (found / name).read_bytes()
                    except OSError:
                        continue
                    shown.extend(f"{name}: {secret!r}" for secret in secrets if secret in text)
            time.sleep(0.004)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield shown
    finally:
        done.set()
        watcher.join()


def variables(canary: Canary) -> dict[str, str]:
    word = canary.word
    return {
        "APP_TOKEN": canary.secret,
        "APP_KEY": canary.multiline,
        "DATABASE_URL": f"postgresql://app:{word}@127.0.0.1:1/{word}",
        "QUOTED": f'"{word}"',
    }


def test_two_live_targets_are_told_apart_by_their_values() -> None:
    same = {"SAME": "one", "TZ": "Europe/Berlin", "EMPTY": ""}
    with (
        process({**same, "DIFFERS": "here"}) as local,
        process({**same, "DIFFERS": "there", "TZ": "UTC"}) as production,
    ):
        result = parity("diff", local, production, *SECTION, "--format", "json", "--no-declared")
    assert result.err == ""
    assert told(result) == {
        "TZ": ("environment.value", "warning"),
        "DIFFERS": ("environment.value", "info"),
    }
    finding = next(one for one in result.document["findings"] if one["key"] == "TZ")
    assert (finding["local"], finding["production"]) == ({"value": "a value"}, {"value": "another value"})
    assert (finding["kind"], finding["fields"]) == ("changed", ["value"])


def test_this_machine_and_another_place_too() -> None:
    with process({"DIFFERS": "there", "SAME": "one"}) as production:
        env = {"DIFFERS": "here", "SAME": "one"}
        result = parity("diff", "local", production, *SECTION, "--format", "json", "--no-declared", env=env)
        assert told(result)["DIFFERS"] == ("environment.value", "info")
        assert "SAME" not in told(result)
        # With nothing but harmless options the probe of this machine is under way before the key is asked for.
        early = parity("diff", "local", production, "--format", "json", env=env)
        assert told(early)["DIFFERS"] == ("environment.value", "info")


def test_profiles_under_one_key_are_told_apart_and_show_it_to_nobody(key: Path, tmp_path: Path) -> None:
    asked = ("--fingerprint-key-file", str(key), *SECTION)
    with (
        process({"SAME": "one", "DIFFERS": "here"}) as local,
        process({"SAME": "one", "DIFFERS": "there"}) as production,
    ):
        for word, name in ((local, "local"), (production, "production")):
            assert parity("snapshot", word, *asked, "-o", tmp_path / f"{name}.json").code == 0
        mixed = parity("diff", local, tmp_path / "production.json", *asked, "--format", "json")
    profile = json.loads((tmp_path / "local.json").read_bytes())
    assert profile["sensitive"] is True
    fingerprints = [one["fingerprint"] for one in profile["sections"]["environment"]["items"].values()]
    result = parity("diff", "local.json", "production.json", "--format", "json", cwd=tmp_path)
    assert told(result) == told(mixed) == {"DIFFERS": ("environment.value", "info")}
    shown = parity("show", "local.json", cwd=tmp_path)
    assert "it holds fingerprints of values" in shown.out
    listed = parity("diff", "local.json", "production.json", "--all", cwd=tmp_path)
    for one in fingerprints:
        for text in (result.out, mixed.out, shown.out, listed.out):
            assert one.partition(":")[2] not in text
    assert "another value" in listed.out


def test_fingerprints_of_different_keys_are_not_compared_and_that_is_said(key: Path, tmp_path: Path) -> None:
    with process({"SAME": "one"}) as target:
        parity("snapshot", target, "--fingerprint-key-file", key, *SECTION, "-o", tmp_path / "a.json")
        key.write_bytes(os.urandom(32))
        parity("snapshot", target, "--fingerprint-key-file", key, *SECTION, "-o", tmp_path / "b.json")
    result = parity("diff", "a.json", "b.json", "--format", "json", cwd=tmp_path)
    assert result.document["findings"] == []
    unknown = {one["key"]: one["reason"] for one in result.document["unknown"] if one["section"] == "environment"}
    assert unknown["SAME"] == "the fingerprints of their values were made with different keys"
    assert "made with different keys" in parity("diff", "a.json", "b.json", cwd=tmp_path).out


def test_a_profile_without_a_key_is_as_it_was() -> None:
    with process({"A": "1"}) as target:
        profile = parity("snapshot", target, *SECTION).document
    assert "sensitive" not in profile
    assert profile["sections"]["environment"]["items"]["A"] == {"from": "process", "state": "set"}


def test_shapes_tell_quotes_that_nobody_took_away() -> None:
    with process({"PORT": "8000", "LEVEL": "1"}) as local, process({"PORT": '"8000"', "LEVEL": "high"}) as production:
        result = parity("diff", local, production, "--shapes", *SECTION, "--format", "json", "--no-declared")
    assert told(result) == {
        "PORT": ("environment.shape", "warning"),
        "LEVEL": ("environment.shape", "warning"),
    }


def repository(directory: Path) -> Path:
    directory.mkdir()
    subprocess.run([program("git"), "init", "-q", str(directory)], check=True)
    return directory


def test_a_git_work_tree_is_refused(key: Path, tmp_path: Path) -> None:
    tree = repository(tmp_path / "tree")
    below = tree / "profiles"
    below.mkdir()
    asked = ("snapshot", "--fingerprint-key-file", str(key), *SECTION)
    for place in (tree / "local.json", below / "local.json", f"{below}/"):
        result = parity(*asked, "-o", place)
        assert result.code == 2
        assert f"leads into the git work tree {tree}" in result.line()
        assert "--force" in result.err
    assert parity(*asked, "-o", "profiles/x.json", cwd=tree).code == 2
    with (tree / "redirected.json").open("wb") as stream:
        assert parity(*asked, stdout=stream).code == 2
    assert [path for path in tree.rglob("*.json") if path.stat().st_size] == []
    assert parity(*asked, "-o", below / "local.json", "--force").code == 0
    # What is sensitive already stays so, whoever hands it on.
    assert parity("snapshot", below / "local.json", "-o", tree / "copy.json").code == 2
    assert parity("snapshot", below / "local.json", "-o", tmp_path / "copy.json").code == 0
    assert parity("snapshot", *SECTION, "-o", tree / "plain.json").code == 0


def test_a_linked_work_tree_is_one_too(key: Path, tmp_path: Path) -> None:
    tree = repository(tmp_path / "tree")
    git = [program("git"), "-C", str(tree), "-c", "user.name=a", "-c", "user.email=a@b.invalid"]
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "first"], check=True)
    subprocess.run([*git, "worktree", "add", "-q", str(tmp_path / "linked")], check=True)
    (tmp_path / "link").symlink_to(tmp_path / "linked")
    result = parity("snapshot", "--fingerprint-key-file", key, *SECTION, "-o", tmp_path / "link" / "x.json")
    assert result.code == 2


def everything(key: Path, target: str, work: Path, *sections: str) -> tuple[list[str | bytes | Path], list[str]]:
    """(all that the commands print and write about a target, what arguments and variables showed meanwhile)."""
    work.mkdir()
    places: list[str | bytes | Path] = [work]
    file = ("--fingerprint-key-file", str(key), "--shapes")
    with process(variables(Canary())) as other, watched(shapes_of(key.read_bytes())) as shown:
        for arguments in (
            ("snapshot", target, *file, *sections, "-o", str(work / "profile.json"), "--timings"),
            ("show", str(work / "profile.json"), "--all"),
            ("diff", other, target, *file, *SECTION, "--all"),
            ("diff", other, target, *SECTION, "--format", "json", "--shapes"),
        ):
            result = parity(*arguments, env={"TMPDIR": str(work)}, cwd=work)
            assert result.code in (0, 1), result.err
            places += [result.stdout, result.stderr]
    return places, shown


def assert_nothing_shows(places: list[str | bytes | Path], canary: Canary, key: Path) -> None:
    canary.assert_clean(*places)
    whole: list[bytes] = []
    for one in places:
        if isinstance(one, Path):
            whole += [path.read_bytes() for path in one.rglob("*") if path.is_file()]
        else:
            whole.append(one if isinstance(one, bytes) else one.encode())
    text = b"\n".join(whole)
    assert b"fingerprint" in text
    assert [shape for shape in shapes_of(key.read_bytes()) if shape in text] == []


def test_no_byte_of_a_value_or_of_the_key_shows(key: Path, tmp_path: Path) -> None:
    canary = Canary()
    with process(variables(canary)) as target:
        places, shown = everything(key, target, tmp_path / "work")
    assert shown == []
    assert_nothing_shows(places, canary, key)


@pytest.mark.docker
def test_a_container_that_keeps_secrets(key: Path, tmp_path: Path, run_container: RunContainer, app_image: str) -> None:
    canary = Canary()
    name = run_container(app_image, ready="serving", environment=variables(canary))
    places, shown = everything(key, f"docker://{name}", tmp_path / "work", *SECTION)
    assert shown == []
    assert_nothing_shows(places, canary, key)


@pytest.mark.docker
def test_two_containers_with_the_same_names(run_container: RunContainer, app_image: str, docker_engine: Any) -> None:
    serving = {"ready": "serving"}
    first = run_container(app_image, **serving, environment={"SAME": "one", "DIFFERS": "here"})
    second = run_container(app_image, **serving, environment={"SAME": "one", "DIFFERS": "there"})
    result = parity("diff", f"docker://{first}", f"docker://{second}", *SECTION, "--format", "json", "--no-declared")
    # Of HOSTNAME every container has a value of its own.
    assert told(result) == {"DIFFERS": ("environment.value", "info")}
    # One that does not run is read from what the engine knows, on this machine.
    docker_engine.containers.get(second).stop(timeout=0)
    still = parity("diff", f"docker://{first}", f"docker://{second}", *SECTION, "--format", "json", "--no-declared")
    assert told(still)["DIFFERS"] == ("environment.value", "info")
    assert "SAME" not in told(still)


def test_timings_name_the_slowest_first(tmp_path: Path) -> None:
    result = parity("snapshot", "--timings", "-o", tmp_path / "local.json")
    lines = [line for line in result.err.splitlines() if line.endswith(" s")]
    rows = {line.rsplit(None, 2)[0]: float(line.rsplit(None, 2)[1]) for line in lines}
    assert list(rows)[-1] == "total"
    sections = list(rows.values())[:-3]
    assert "packages" in rows
    assert sections == sorted(sections, reverse=True)
    assert rows["the probe, in all"] <= rows["total"]
