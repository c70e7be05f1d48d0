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

if TYPE_CHECKING:
    from docker import DockerClient


def variables(canary: Canary) -> dict[str, str]:
    """An environment as programs are given it, by name and value."""
    secret, word = canary.secret, canary.word
    return {
        "APP_TOKEN": secret,
        "APP_KEY": canary.multiline,
        "SHOP_GATEWAY": secret,
        "SHOP_TOKEN": word,
        "AWS_SECRET_ACCESS_KEY": word,
        "DATABASE_URL": f"postgresql://app:{word}@127.0.0.1:1/{word}",
        "PGPASSWORD": word,
        "PGOPTIONS": f"-c app.key={word}",
        "PIP_INDEX_URL": f"https://user:{word}@127.0.0.1:1/{word}/simple?token={word}",
        "UV_INDEX_URL": f"https://{word}@127.0.0.1:1/simple",
        "HTTPS_PROXY": f"http://user:{word}@127.0.0.1:1",
        "spring.datasource.url": f"jdbc:postgresql://host/?password={word}",
        "a b": secret,
        "\x1b[2J": secret,
        f"no name {word}": "1",
        "BASH_FUNC_deploy%%": f"() {{ curl -H 'Authorization: {word}'; }}",
        "PYTHONPATH": f"/srv/{word}:/nowhere",
        "PYTHONSTARTUP": f"/srv/{word}.py",
        "PYTHONWARNINGS": f"ignore:{word}",
        "LD_LIBRARY_PATH": f"/srv/{word}",
        "LANG": word,
        "LC_TIME": f"de_DE.{word}",
        "LC_NUMERIC": f"de_DE.UTF-8@{word}",
        "TZ": f"<{word}>3",
        "TZDIR": f"/srv/{word}",
        "LOCPATH": f"/srv/{word}",
        "OPENSSL_CONF": f"/srv/{word}.cnf",
        "SSL_CERT_FILE": f"/srv/{word}.pem",
        "SSL_CERT_DIR": f"/etc/{word}:/srv/{word}",
        "GUNICORN_CMD_ARGS": f"--workers 2 --certfile {word}",
        "WEB_CONCURRENCY": word,
        "EMPTY": "",
    }


def distributions(canary: Canary) -> Iterator[tuple[str, str]]:
    """(path below site-packages, content): what installers leave behind, with a secret wherever one can stand."""
    word = canary.word
    urls = {
        "userinfo": {"url": f"https://user:{word}@host/dist-1.0.tar.gz", "archive_info": {"hash": f"sha256={word}"}},
        "presigned": {"url": f"https://host/{word}/dist-1.0.zip?X-Amz-Signature={word}", "archive_info": {}},
        "fragment": {"url": f"https://host/dist-1.0.zip#token={word}", "archive_info": {}},
        "slash": {"url": f"https://user:pa/{word}@host/dist-1.0.zip", "archive_info": {}},
        "vcs": {
            "url": f"https://oauth2:{word}@git.invalid/{word}/dist.git",
            "vcs_info": {"vcs": "git", "commit_id": "0" * 40, "requested_revision": word},
        },
        "ssh": {"url": f"ssh://git:{word}@git.invalid/dist", "vcs_info": {"vcs": "git", "commit_id": word}},
        "folder": {"url": f"file:///home/{word}/dist", "dir_info": {"editable": True}},
        "odd": {"url": f"://{word}@@{word}", "dir_info": word, "subdirectory": word},
    }
    for name, document in urls.items():
        place = f"{name}_dist-1.0.dist-info"
        requires = (
            f"Requires-Dist: other @ https://user:{word}@host/other.zip?token={word}#egg={word}\n"
            f'Requires-Dist: more @ git+https://{word}@host/more.git ; extra == "{name}"\n'
        )
        header = f"Metadata-Version: 2.1\nName: {name}-dist\nVersion: 1.0\nAuthor: {word}\nProject-URL: Token, {word}\n"
        yield f"{place}/METADATA", f"{header}Home-page: https://user:{word}@host/\n{requires}\n{word}\n"
        yield f"{place}/direct_url.json", json.dumps(document)
        yield f"{place}/RECORD", f"{name}_dist/__init__.py,sha256={word},0\n{place}/METADATA,,\n"
        yield f"{place}/entry_points.txt", f"[console_scripts]\nrun = {name}:main  # {word}\n"
        yield f"{place}/uv_cache.json", json.dumps({"token": word})
    yield "deploy.pth", f"import os; os.environ['TOKEN'] = '{word}'\n/srv/{word}\n"


def files(canary: Canary) -> dict[str, str]:
    """What lies about in a home directory and in a project."""
    word = canary.word
    return {
        ".env": f"DECLARED={word}\nexport QUOTED='{word} {word}'\nPLAIN={canary.secret}\n"
        f'MULTI="{canary.multiline}"\n{word}\n= {word}\n',
        ".netrc": f"machine host login user password {word}\n",
        ".pgpass": f"*:*:*:*:{word}\n",
        ".pg_service.conf": f"[app]\npassword={word}\n",
        ".git/config": f'[remote "origin"]\nurl = https://user:{word}@host/app.git\n',
        ".docker/config.json": json.dumps({"auths": {"registry.invalid": {"auth": word}}}),
        ".config/pip/pip.conf": f"[global]\nindex-url = https://user:{word}@host/simple\n",
        ".config/uv/uv.toml": f'[[index]]\nurl = "https://user:{word}@host/simple"\n',
        "uv.lock": f'source = {{ registry = "https://user:{word}@host/simple" }}\n',
        "shop/__init__.py": "",
        "shop/pay.py": f"""import os\n\nTOKEN = '{word}'\n\n
def charge(token="{word}"):
    return os.environ["SHOP_GATEWAY"], connect("postgresql://app:{word}@db/shop", password="{word}"), "{word}"\n""",
        "config.json": json.dumps({"token": word, "url": f"https://user:{word}@host/"}),
        "settings.toml": f"token = '{word}'\n",
        f"secrets-{word}.json": "{}",
        f"{word}.pem": word,
        "Dockerfile": f"FROM python:3.11\nENV TOKEN={word}\nCMD curl -u app:{word} http://localhost\n",
        "docker-compose.yml": f"services:\n  web:\n    image: shop\n    environment:\n      SHOP_TOKEN: {word}\n",
    }


def of_system(canary: Canary) -> dict[str, str]:
    """What lies about below /etc, where its files may be read."""
    word = canary.word
    return {
        "ssl/openssl.cnf": "openssl_conf = init\n[init]\nssl_conf = ssl\nproviders = all\n"
        f"[all]\n{word} = one\ndefault = one\n[one]\nactivate = 1\npin = {word}\n"
        f"[ssl]\nsystem_default = tls\n[tls]\nCipherString = ALL:{word}\nMinProtocol = {word}\n",
        "nsswitch.conf": f"hosts: files {word} [{word}=return] dns # {word}\n",
        "timezone": f"{word}\n",
    }


def log(canary: Canary) -> str:
    """What a program that fails writes, with the secret in every way in which libraries and people write one."""
    word = canary.word
    failures = (
        f'psycopg.ProgrammingError: missing "=" after "{word}" in connection info string',
        f'psycopg.OperationalError: failed to resolve host "{word}@db": Name or service not known',
        f"subprocess.CalledProcessError: Command '['psql', '--password', '{word}']' returned non-zero exit status 2.",
        f"sqlalchemy.exc.ArgumentError: Could not parse SQLAlchemy URL from given URL string '{word}'",
        f"requests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://api.invalid/pay?token={word}",
        f"ValueError: invalid literal for int() with base 10: '{word}'",
        f"openai.AuthenticationError: Incorrect API key provided: {word}.",
        "KeyError: 'SHOP_GATEWAY'",
    )
    trace = f"""Traceback (most recent call last):
  File "/app/shop/pay.py", line 7, in charge
    return os.environ["SHOP_GATEWAY"], connect("postgresql://app:{word}@db/shop", password="{word}")
"""
    around = (
        f"INFO:root:connecting to postgresql://app:{word}@db/shop\n"
        f"INFO:root:environ({{'HOME': '/', 'APP_TOKEN': '{word}'}})\n"
        f"DEBUG:http:Authorization: Bearer {word}\n"
    )
    return "".join(f"{around}{trace}{failure}\n" for failure in failures)


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
