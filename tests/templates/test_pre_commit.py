"""The hook, run by pre-commit itself: installed from a checkout, and then without a network."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.services import program
from tests.templates.written import PROGRAMS, ROOT, beside_this_python, git, loaded, ran, repository, written

PRE_COMMIT = PROGRAMS / "pre-commit"
PARTS = ("parity", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


def checkout(directory: Path) -> Path:
    """This repository as a tag of it would be, under version control."""
    directory.mkdir()
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, directory / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, directory / name)
    git(directory, "init", "--quiet")
    git(directory, "add", "--all")
    git(directory, "commit", "--quiet", "--message=parity")
    git(directory, "tag", "v1")
    return directory


def test_pre_commit_runs_the_hook_without_a_network(tmp_path: Path) -> None:
    shop = repository(tmp_path / "shop", requests="1.0")
    env = {**beside_this_python(tmp_path), "PRE_COMMIT_HOME": str(tmp_path / "cache")}
    config = {"repo": str(checkout(tmp_path / "parity")), "rev": "v1", "hooks": "[{id: parity}]"}
    entry = "".join(f"{'- ' if name == 'repo' else '  '}{name}: {value}\n" for name, value in config.items())
    (shop / ".pre-commit-config.yaml").write_text(f"repos:\n{entry}")
    git(shop, "add", "--all")
    ran([PRE_COMMIT, "install-hooks"], shop, env)
    offline: list[str | Path] = [program("unshare"), "--map-root-user", "--net", PRE_COMMIT, "run", "--all-files"]
    said = ran(offline, shop, env, code=1)
    assert "DRIFT  1 error" in said
    assert "- exit code: 1" in said
    fixed = repository(tmp_path / "fixed")
    (shop / "profiles" / "production.json").write_bytes((fixed / "profiles" / "production.json").read_bytes())
    git(shop, "add", "--all")
    assert "Passed" in ran(offline, shop, env)


def test_the_template_and_the_manifest_are_valid_and_say_the_same(tmp_path: Path) -> None:
    path = written("pre-commit", tmp_path)
    assert path == tmp_path / ".pre-commit-config.yaml"
    env = {"HOME": str(tmp_path)}
    ran([PRE_COMMIT, "validate-config", path], tmp_path, env)
    ran([PRE_COMMIT, "validate-manifest", ROOT / ".pre-commit-hooks.yaml"], tmp_path, env)
    (mine,) = loaded(ROOT / ".pre-commit-hooks.yaml")
    (theirs,) = loaded(path)["repos"][0]["hooks"]
    assert f"{mine['entry']} {' '.join(mine['args'])}" == theirs["entry"]
    assert {name: mine[name] for name in ("language", "pass_filenames", "always_run")} == {
        name: theirs[name] for name in ("language", "pass_filenames", "always_run")
    }
