"""`repo:DIR`: a repository on a disk becomes a profile; nothing of it runs, leads out of it, or is waited for."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import jsonschema
import pytest

from parity.errors import TargetError, UsageError
from parity.profile import Profile, Status, schema
from parity.profile.document import render
from parity.profile.load import load
from parity.snapshot.request import Request
from parity.targets import open_target
from tests.services import program

PROJECT = """
[project]
name = "shop"
requires-python = ">=3.10"
dependencies = ["flask==3.0.3", "requests>=2"]
"""


class Silent:
    """Nobody watches."""

    def __call__(self, words: str) -> None: ...

    def warn(self, sentence: str) -> None:
        raise AssertionError(sentence)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "shop"
    (root / "shop").mkdir(parents=True)
    (root / "pyproject.toml").write_text(PROJECT)
    (root / ".python-version").write_text("3.12.4\n")
    (root / "shop" / "__init__.py").write_text("")
    (root / "shop" / "mail.py").write_text('import os\nimport flask\nimport yaml\n\nKEY = os.environ["SECRET_KEY"]\n')
    return root


def taken(root: Path, request: Request | None = None) -> Profile:
    target, narrowed = open_target(f"repo:{root}", request or Request())
    return target.profile(narrowed, Silent())


def item(profile: Profile, section: str, key: str) -> Mapping[str, object]:
    found = profile.sections[section].items[key]
    assert isinstance(found, Mapping)
    return found


def test_a_repository_is_a_profile_like_any_other(repository: Path, tmp_path: Path) -> None:
    profile = taken(repository)
    assert (profile.name, profile.target.kind, profile.target.reference) == ("declared", "repo", ".")
    assert profile.sections["python"].items["version"] == "3.12.4"
    flask = item(profile, "packages", "flask")
    assert (flask["version"], flask["at"], flask["imported_at"]) == (
        "3.0.3",
        ("pyproject.toml:5",),
        ("shop/mail.py:2",),
    )
    assert item(profile, "packages", "pyyaml")["at"] == (), "imported, and declared nowhere"
    assert item(profile, "environment", "SECRET_KEY")["read_at"] == ("shop/mail.py:5",)
    assert profile.sections["limits"].status is Status.SKIPPED
    text = render(profile)
    jsonschema.Draft202012Validator(json.loads(schema.text())).validate(json.loads(text))
    assert str(tmp_path) not in text
    stored = tmp_path / "declared.json"
    stored.write_text(text)
    assert load(str(stored)) == profile, "what is written is what is read"


def test_a_repository_read_twice_is_the_same(repository: Path) -> None:
    first, second = taken(repository), taken(repository)
    assert first.sections == second.sections


def test_the_commit_is_the_identity(repository: Path) -> None:
    git = program("git")
    assert taken(repository).identity == {}
    options = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], [*options, "commit", "-qm", "one"]):
        subprocess.run([git, *words], cwd=repository, check=True)
    commit = subprocess.run([git, "rev-parse", "HEAD"], cwd=repository, check=True, capture_output=True, text=True)
    assert taken(repository).identity == {"commit": commit.stdout.strip()}
    (repository / "shop" / "mail.py").write_text("")
    assert any("shop/mail.py" in note for note in taken(repository).sections["packages"].notes)


def test_sections_are_chosen_as_of_any_target(repository: Path) -> None:
    profile = taken(repository, Request(sections=frozenset({"packages"})))
    assert profile.sections["packages"].status is Status.PARTIAL
    assert profile.sections["environment"].status is Status.SKIPPED


def test_python_is_a_version_or_an_interpreter_of_it(repository: Path) -> None:
    (repository / "pyproject.toml").write_text("[project]\ndependencies = ['old==1; python_version < \"3.11\"']\n")
    assert "version" not in item(taken(repository), "packages", "old")
    assert item(taken(repository, Request(python="3.10")), "packages", "old")["version"] == "1"
    notes = taken(repository, Request(python=sys.executable)).sections["packages"].notes
    assert any(f"Python {sys.version_info[0]}.{sys.version_info[1]}." in note for note in notes)
    with pytest.raises(UsageError, match="no interpreter"):
        taken(repository, Request(python="/nowhere/python"))


def test_a_directory_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="no directory"):
        taken(Path("/nowhere"))
    with pytest.raises(TargetError, match="empty"):
        open_target("repo:", Request())


def test_nothing_of_a_repository_runs(repository: Path, tmp_path: Path) -> None:
    mark = tmp_path / "it-ran"
    hostile = f"open({str(mark)!r}, 'w')\n"
    for name in ("setup.py", "conftest.py", "shop/__init__.py", "sitecustomize.py", "json.py", "ast.py", "manage.py"):
        (repository / name).write_text(hostile)
    (repository / ".venv" / "bin").mkdir(parents=True)
    (repository / ".venv" / "pyvenv.cfg").write_text("")
    python = repository / ".venv" / "bin" / "python"
    python.write_text(f"#!/bin/sh\ntouch {mark}\n")
    python.chmod(0o755)
    taken(repository)
    assert not mark.exists()


def test_links_fifos_sockets_and_what_is_no_text_are_notes(repository: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("stolen==1.0\n")
    (repository / "requirements.txt").symlink_to(secret)
    (repository / "requirements-dev.txt").symlink_to("requirements-dev.txt")
    (repository / "requirements-more.txt").write_text("-r ../secret.txt\n-r requirements.txt\n-r pipe.txt\n-r shop\n")
    os.mkfifo(repository / "pipe.txt")
    os.mkfifo(repository / "Pipfile")
    os.mkfifo(repository / "uv.lock")
    (repository / "poetry.lock").mkdir()
    (repository / "setup.cfg").write_bytes(b"\x7fELF\0\0")
    (repository / "shop" / "binary.py").write_bytes(os.urandom(4096))
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(repository / "setup.py"))
        profile = taken(repository)
    packages = profile.sections["packages"]
    assert "stolen" not in str(packages)
    assert item(profile, "packages", "flask")["version"] == "3.0.3", "the rest is read"
    told = "\n".join(packages.notes)
    assert "requirements-more.txt:1: includes a file outside of the repository, not followed" in told
    assert "requirements.txt: outside of the repository" in told
    assert "pipe.txt: no regular file" in told
    assert "setup.cfg: binary, not text" in told


def test_a_fifo_that_is_a_lock_above_is_not_waited_for(repository: Path) -> None:
    os.mkfifo(repository.parent / "uv.lock")
    assert item(taken(repository), "packages", "flask")["version"] == "3.0.3"


def test_a_member_of_a_workspace_finds_the_lock_above(tmp_path: Path) -> None:
    member = tmp_path / "services" / "api"
    member.mkdir(parents=True)
    (member / "pyproject.toml").write_text('[project]\nname = "api"\ndependencies = ["flask>=2"]\n')
    (tmp_path / "uv.lock").write_text(
        'version = 1\n[[package]]\nname = "api"\nsource = { editable = "services/api" }\n'
        'dependencies = [{ name = "flask" }]\n[[package]]\nname = "flask"\nversion = "3.0.3"\n'
    )
    flask = item(taken(member), "packages", "flask")
    assert (flask["version"], flask["at"]) == ("3.0.3", ("../../uv.lock:6", "pyproject.toml:3"))
    (member / ".git").mkdir()
    assert "version" not in item(taken(member), "packages", "flask"), "another repository's lock is none of this one"


def test_what_belongs_to_another_service_is_left_to_it(tmp_path: Path) -> None:
    for name, source in (("api", "import fastapi"), ("worker", "import celery")):
        directory = tmp_path / "services" / name
        directory.mkdir(parents=True)
        (directory / "requirements.txt").write_text("click==8.0\n")
        (directory / "main.py").write_text(f"{source}\n")
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["rich"]\n')
    (tmp_path / "tool.py").write_text("import yaml\n")
    whole = taken(tmp_path)
    assert set(whole.sections["packages"].items) == {"rich", "pyyaml"}
    assert "projects of their own, not read here: services/api, services/worker" in whole.sections["packages"].notes
    assert set(taken(tmp_path / "services" / "api").sections["packages"].items) == {"click", "fastapi"}
