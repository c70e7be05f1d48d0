"""One secret in every place where secrets are kept: no byte of it comes out, in no shape, through no command."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import psycopg
import pytest

from parity.profile.document import render
from parity.profile.load import load
from parity.report.formats import formats
from tests.canary import Canary
from tests.cli.program import parity
from tests.images.fixtures import RunContainer, containers
from tests.proof.keeping import distributions, files, log, of_system, variables

if TYPE_CHECKING:
    from docker import DockerClient


@contextmanager
def arguments_watched(canary: Canary) -> Iterator[list[str]]:
    """The command lines of processes that show the secret, of all that appear while the block runs."""
    shown: list[str] = []
    done = threading.Event()
    before = set(Path("/proc").iterdir())

    def watch() -> None:
        while not done.is_set():
            for process in set(Path("/proc").iterdir()) - before:
                try:
                    line = (process / "cmdline").read_bytes()
                except OSError:
                    continue
                if canary.traces(line):
                    shown.append(line.decode("utf-8", "replace"))
            time.sleep(0.003)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield shown
    finally:
        done.set()
        watcher.join()


Words = tuple[str | Path, ...]


def looks(target: str, written: Path) -> tuple[Words, ...]:
    """Every command that looks at a target."""
    return (
        ("snapshot", target, "-o", written / "profile.json"),
        ("snapshot", target, "--anonymize"),
        ("snapshot", target, "--require", "database"),
        ("snapshot", target, "--shapes", "--source", ".", "--executable", "python3"),
        ("show", target, "--all"),
        ("diff", target, written / "profile.json", "--all", "-o", written / "report.txt"),
        ("diff", written / "profile.json", target, "--format", "json", "--anonymize"),
    )


def answers(written: Path, said: Path) -> tuple[Words, ...]:
    """Every command that says what to make of two profiles, of a log and of the repository around it."""
    sides = (written / "profile.json", written / "lacking.json")
    reports = [f"--format={name}={written / name}" for name in formats()]
    return (
        ("diff", *sides, "--all", "--explain", *reports),
        ("gate", *sides, "--explain"),
        ("explain", *sides, "--log", said, "--all"),
        ("explain", *sides, "--log", said, "--format", "json"),
        ("explain", *sides),
        ("fix", *sides, "--all"),
        ("fix", *sides, "--all", "--format", "json"),
        ("fix", *sides, "--log", said),
        ("reproduce", sides[0], "--output", written / "reproduced"),
    )


def lacking(profile: Path) -> str:
    """A profile without what a program needs of another: there is something to say, and to fix."""
    whole = load(profile)
    changed = dict(whole.sections)
    for name, gone in (("environment", "SHOP_"), ("packages", "vcs"), ("locale", "lc_")):
        items = {key: item for key, item in changed[name].items.items() if not key.startswith(gone)}
        changed[name] = replace(changed[name], items=MappingProxyType(items))
    return render(replace(whole, sections=MappingProxyType(changed)))


def everything_about(
    target: str, tmp_path: Path, env: Mapping[str, str | None], cwd: Path, said: str = ""
) -> list[str | bytes | Path]:
    """What every command prints and writes about a target, and all that it leaves behind; with a log, what is made of
    it, too."""
    temporary, written, kept = (tmp_path / name for name in ("temporary", "written", "said.log"))
    temporary.mkdir()
    written.mkdir()
    env = {**env, "TMPDIR": str(temporary)}
    places: list[str | bytes | Path] = [temporary, written]

    def ran(arguments: Words, codes: tuple[int, ...]) -> None:
        result = parity(*arguments, env=env, cwd=cwd)
        assert result.code in codes, (arguments, result.err)
        places.extend([result.stdout, result.stderr])

    for arguments in looks(target, written):
        ran(arguments, (0, 3))
    if said:
        kept.write_text(said)
        (written / "lacking.json").write_text(lacking(written / "profile.json"))
        for arguments in answers(written, kept):
            ran(arguments, (0, 1, 3))
    return places


def put(engine: DockerClient, name: str, directory: str, content: Mapping[str, str]) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for path, text in content.items():
            member = tarfile.TarInfo(path)
            data = text.encode()
            member.size, member.mode, member.uid, member.gid = len(data), 0o644, 1000, 1000
            archive.addfile(member, io.BytesIO(data))
    assert engine.containers.get(name).put_archive(directory, stream.getvalue())


@pytest.fixture
def keeping(docker_engine: DockerClient, app_image: str, tmp_path: Path) -> Iterator[tuple[str, Canary]]:
    """A container that keeps a secret wherever a container can."""
    canary = Canary()
    word = canary.word
    recipe = f"""
        FROM {app_image}
        ARG BUILD_TOKEN
        LABEL dsn="postgresql://u:{word}@host" token="{word}"
        RUN test -n "$BUILD_TOKEN" && true {word}
        ENV BAKED_TOKEN="{word}"
        HEALTHCHECK --interval=1h CMD curl -H "Authorization: {word}" localhost || true
        """
    image, _ = docker_engine.images.build(
        fileobj=io.BytesIO(recipe.replace("        ", "").encode()), buildargs={"BUILD_TOKEN": word}, rm=True
    )
    source = tmp_path / word
    source.mkdir()
    volume = docker_engine.volumes.create(
        f"parity-test-{canary.word}",
        driver_opts={"type": "tmpfs", "device": word, "o": "size=64k"},
        labels={"token": word},
    )
    try:
        with containers(docker_engine) as run:
            name = run(
                str(image.id),
                ["python", "server.py", f"--password={word}", f"postgresql://u:{word}@host", canary.secret],
                ready="serving",
                environment=variables(canary),
                labels={"deploy": word},
                hostname=word[:40],
                extra_hosts={f"{word[:40]}.invalid": "10.1.2.3"},
                volumes={str(source): {"bind": "/mnt/bound", "mode": "ro"}, volume.name: {"bind": "/mnt/volume"}},
                tmpfs={"/mnt/tmpfs": "size=64k"},
            )
            put(docker_engine, name, "/app/.venv/lib/python3.11/site-packages", dict(distributions(canary)))
            put(docker_engine, name, "/app", files(canary))
            put(docker_engine, name, "/home/app", files(canary))
            put(docker_engine, name, "/etc", of_system(canary))
            yield name, canary
    finally:
        volume.remove(force=True)
        docker_engine.images.remove(str(image.id), force=True)


@pytest.mark.docker
def test_a_container_that_keeps_secrets(keeping: tuple[str, Canary], tmp_path: Path) -> None:
    name, canary = keeping
    work = tmp_path / "work"
    work.mkdir()
    env = {"PROD_URL": f"postgresql://app:{canary.word}@127.0.0.1:1/{canary.word}"}
    with arguments_watched(canary) as shown:
        target = f"docker://{name}?path=/mnt/bound&env-file=/app/.env&database-url-env=PROD_URL"
        places = everything_about(target, tmp_path, env, work, log(canary))
    assert shown == []
    canary.assert_clean(*places)
    sections = json.loads((tmp_path / "written" / "profile.json").read_bytes())["sections"]
    environment = sections["environment"]
    assert {"APP_TOKEN", "APP_KEY", "spring.datasource.url", "BAKED_TOKEN", "DECLARED"} <= environment["items"].keys()
    assert environment["items"]["EMPTY"]["state"] == "empty"
    assert not any(" " in key or "\x1b" in key or "%" in key for key in environment["items"])
    assert f"NAME_{canary.word.upper()}" not in environment["items"]
    assert {"/mnt/bound", "/mnt/volume", "/mnt/tmpfs"} <= sections["volumes"]["items"].keys()
    assert sections["process"]["items"]["command"] == "script server.py"
    assert {"userinfo-dist", "vcs-dist", "odd-dist"} <= sections["packages"]["items"].keys()


@pytest.fixture
def project(tmp_path: Path) -> tuple[Path, Canary]:
    """A project of this machine with its virtual environment, its dotenv file, and a home beside it."""
    canary = Canary()
    directory = tmp_path / "project"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", directory / ".venv"], check=True)
    (site,) = (directory / ".venv" / "lib").glob("python3*/site-packages")
    content = {f"{site}/{path}": text for path, text in distributions(canary)}
    for place in (directory, tmp_path / "home"):
        content |= {f"{place}/{path}": text for path, text in files(canary).items()}
    for path, text in content.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text)
    return directory, canary


@pytest.mark.docker
@pytest.mark.parametrize("title", ["worker --token={}", "/srv/{} {}", "python: postgresql://user:{}@host/{}"])
def test_a_process_that_shows_a_secret_as_its_title(run_container: RunContainer, app_image: str, title: str) -> None:
    canary = Canary()
    shell = ["bash", "-c", 'exec -a "$0" python server.py', title.replace("{}", canary.word)]
    name = run_container(app_image, shell, ready="serving")
    taken, shown = parity("snapshot", f"docker://{name}"), parity("show", f"docker://{name}")
    assert (taken.code, shown.code) == (0, 0)
    canary.assert_clean(taken.stdout, taken.stderr, shown.stdout)
    assert taken.document["sections"]["process"]["items"]["uid"] == 1000


def local_environment(project: Path, canary: Canary) -> dict[str, str | None]:
    env: dict[str, str | None] = {
        name: value for name, value in variables(canary).items() if not name.startswith(("LD_", "PYTHONW"))
    }
    return {**env, "HOME": str(project.parent / "home"), "VIRTUAL_ENV": str(project / ".venv")}


def test_a_machine_that_keeps_secrets(project: tuple[Path, Canary], tmp_path: Path) -> None:
    directory, canary = project
    env = local_environment(directory, canary)
    with arguments_watched(canary) as shown:
        places = everything_about("local?env-file=.env", tmp_path, env, directory, log(canary))
    assert shown == []
    canary.assert_clean(*places)
    sections = json.loads((tmp_path / "written" / "profile.json").read_bytes())["sections"]
    assert {"APP_TOKEN", "APP_KEY", "DECLARED", "QUOTED", "MULTI"} <= sections["environment"]["items"].keys()
    assert {"userinfo-dist", "vcs-dist", "odd-dist"} <= sections["packages"]["items"].keys()
    assert sections["database"]["status"] == "unavailable"
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.docker
@pytest.mark.postgres
def test_a_database_that_keeps_secrets(postgres_servers: dict[int, str], tmp_path: Path) -> None:
    canary = Canary()
    work = tmp_path / "work"
    work.mkdir()
    with psycopg.connect(postgres_servers[17], autocommit=True) as connection:
        word = canary.word
        for statement in (
            f"CREATE ROLE keeper LOGIN SUPERUSER PASSWORD '{word}'",
            f"ALTER ROLE keeper SET app.token = '{word}'",
            f"ALTER SYSTEM SET archive_command = 'curl {word}'",
            f"ALTER SYSTEM SET primary_conninfo = 'password={word}'",
            f"COMMENT ON ROLE keeper IS '{word}'",
            "SELECT pg_reload_conf()",
        ):
            connection.execute(statement.encode())
        try:
            address = postgres_servers[17].partition("@")[2]
            env = {"PROD_URL": f"postgresql://keeper:{word}@{address}?application_name={word}"}
            with arguments_watched(canary) as shown:
                places = everything_about("local?database-url-env=PROD_URL", tmp_path, env, work)
            assert shown == []
            canary.assert_clean(*places)
            profile = json.loads((tmp_path / "written" / "profile.json").read_bytes())
            assert profile["sections"]["database"]["status"] == "ok"
        finally:
            for statement in ("ALTER SYSTEM RESET ALL", "DROP ROLE keeper", "SELECT pg_reload_conf()"):
                connection.execute(statement.encode())
