"""Which file holds the policy, and which one is never taken."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from parity.configuration.find import policy
from parity.errors import UsageError

TABLE = '[tool.parity]\nproduction = "profiles/web.json"\n'
OWN = 'production = "docker://web"\n'


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a directory in it, and the working directory there."""
    root = tmp_path / "outside" / "shop"
    (root / ".git").mkdir(parents=True)
    (root / "services" / "web").mkdir(parents=True)
    monkeypatch.chdir(root / "services" / "web")
    return root


def test_the_nearest_up_to_the_root_of_the_repository(checkout: Path) -> None:
    assert policy(None).policy.origin is None
    (checkout.parent / "parity.toml").write_text(OWN)
    assert policy(None).policy.origin is None
    (checkout / "pyproject.toml").write_text(TABLE)
    found = policy(None)
    assert (found.policy.origin, found.policy.production) == ("../../pyproject.toml", "../../profiles/web.json")
    assert found.baseline == "../../.parity-baseline.json"
    (checkout / "services" / "pyproject.toml").write_text('[project]\nname = "parity"\n')
    assert policy(None).policy.origin == "../../pyproject.toml"
    (checkout / "services" / "parity.toml").write_text(OWN)
    assert (policy(None).policy.origin, policy(None).policy.production) == ("../parity.toml", "docker://web")


def test_outside_of_a_repository_only_the_working_directory_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "parity.toml").write_text(OWN)
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert policy(None).policy.origin is None
    monkeypatch.chdir(tmp_path)
    assert policy(None).policy.origin == "parity.toml"


def test_one_that_is_named(checkout: Path) -> None:
    (checkout / "ci.toml").write_text('production = "web.json"\nlocal = "local"\nbaseline = "ci/base.json"\n')
    found = policy("../../ci.toml")
    assert (found.policy.production, found.policy.local) == ("../../web.json", "local")
    assert (found.baseline, found.named) == ("../../ci/base.json", True)
    (checkout / "parity.toml").write_text("nonsense = 1")
    assert policy(None, no_policy=True).policy.origin is None
    assert policy("../../ci.toml").policy.origin == "../../ci.toml"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("parity.toml", "x = ", "not TOML"),
        ("parity.toml", "[tool.parity]", "tool: unknown key"),
        ("pyproject.toml", "[tool]\nparity = 1", "tool.parity: expected a table, found a number"),
        ("pyproject.toml", "[tool.parity", "not TOML"),
        ("pyproject.toml", "[tool.parity]\nx = 1", "pyproject.toml:2: tool.parity.x: unknown key"),
    ],
)
def test_one_that_cannot_be_read_is_never_an_empty_one(checkout: Path, name: str, content: str, said: str) -> None:
    (checkout / name).write_text(content)
    with pytest.raises(UsageError) as raised:
        policy(None)
    assert said in str(raised.value)


def test_what_is_no_file_is_told_and_not_waited_for(checkout: Path) -> None:
    os.mkfifo(checkout / "parity.toml")
    with pytest.raises(UsageError, match="a named pipe, not a file"):
        policy(None)
    (checkout / "parity.toml").unlink()
    (checkout / "parity.toml").symlink_to("nowhere")
    with pytest.raises(UsageError, match="no such policy"):
        policy(None)
    with pytest.raises(UsageError, match=r"no such policy: gone\.toml"):
        policy("gone.toml")
    (checkout / "parity.toml").unlink()
    (checkout / "parity.toml").write_bytes(b"#" * ((1 << 20) + 1))
    with pytest.raises(UsageError, match="larger than 1 MiB"):
        policy(None)


def test_two_at_one_place_are_one_too_many(checkout: Path) -> None:
    (checkout / "parity.toml").write_text(OWN)
    (checkout / "pyproject.toml").write_text(TABLE)
    with pytest.raises(UsageError, match=r"two policies: \.\./\.\./parity\.toml and \.\./\.\./pyproject\.toml"):
        policy(None)
    assert policy("../../parity.toml").policy.production == "docker://web"


def test_a_pyproject_without_a_table_is_none_of_parity_s_business(checkout: Path) -> None:
    (checkout / "pyproject.toml").write_text("this is no TOML")
    assert policy(None).policy.origin is None
    with pytest.raises(UsageError, match="there is no policy in it"):
        policy("../../pyproject.toml")


def test_words_that_exclude_each_other() -> None:
    with pytest.raises(UsageError, match="--policy and --no-policy exclude each other"):
        policy("x.toml", no_policy=True)
