"""parity baseline"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.program import Result, parity
from tests.proof.profiles import WHOLE, profile, section

FILE = ".parity-baseline.json"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A policy, and a production that differs in two packages."""
    (tmp_path / "parity.toml").write_text('local = "local.json"\nproduction = "production.json"\n')
    (tmp_path / "local.json").write_bytes(profile())
    production(tmp_path, requests="1.0", idna="2.10")
    return tmp_path


def production(directory: Path, **versions: str) -> None:
    items = {name: {"version": version} for name, version in versions.items()}
    (directory / "production.json").write_bytes(profile({**WHOLE, "packages": section(**items)}))


def run(*words: str, cwd: Path) -> Result:
    return parity(*words, "--no-declared", cwd=cwd)


def test_todays_drift_is_adopted_and_only_new_drift_fails(shop: Path) -> None:
    assert run("gate", cwd=shop).code == 1
    made = run("baseline", "create", cwd=shop)
    assert (made.code, made.out, made.err) == (0, f"{FILE}: 2 findings\n", "")
    gate = run("gate", cwd=shop)
    assert gate.code == 0
    assert "Not counted: 2 in the baseline. List them with --all." in gate.out
    assert f"Judged by parity.toml and {FILE}." in gate.out
    assert "ADOPTED (2)" in run("gate", "--all", cwd=shop).out
    assert run("gate", "--no-baseline", cwd=shop).code == 1
    production(shop, requests="1.1", idna="2.10")
    assert run("gate", cwd=shop).code == 1
    # A diff is under no policy.
    assert run("diff", "local.json", "production.json", cwd=shop).code == 1


def test_what_is_gone_is_counted_and_taken_out_by_update(shop: Path) -> None:
    run("baseline", "create", cwd=shop)
    production(shop, requests="2.32.3", idna="2.10")
    assert "1 of the baseline is gone (packages.requests): parity baseline update." in run("gate", cwd=shop).out
    updated = run("baseline", "update", cwd=shop)
    assert (updated.code, updated.out) == (0, f"{FILE}: 1 finding, 0 new, 1 gone\n")
    assert "gone" not in run("gate", cwd=shop).out
    shown = run("baseline", "show", cwd=shop)
    assert (shown.code, shown.out) == (0, f"{FILE}: 1 finding\npackages.major (1)\n  idna\n")


def test_the_same_drift_gives_the_same_bytes(shop: Path) -> None:
    run("baseline", "create", cwd=shop)
    first = (shop / FILE).read_bytes()
    items = {name: {"version": version} for name, version in (("idna", "2.10"), ("requests", "1.0"))}
    (shop / "production.json").write_bytes(profile(dict(reversed({**WHOLE, "packages": section(**items)}.items()))))
    for seed in ("1", "2"):
        env = {"PYTHONHASHSEED": seed, "LC_ALL": "tr_TR.UTF-8"}
        assert parity("baseline", "update", "--no-declared", cwd=shop, env=env).code == 0
        assert (shop / FILE).read_bytes() == first
    assert json.loads(first)["schema"] == "1.0.0"


def test_how_much_is_adopted_follows_what_is_drift(shop: Path) -> None:
    production(shop, requests="2.31.0", idna="2.10")
    assert run("baseline", "create", cwd=shop).out == f"{FILE}: 1 finding\n"
    assert run("baseline", "update", "--fail-on", "warning", cwd=shop).out == f"{FILE}: 2 findings, 1 new, 0 gone\n"


@pytest.mark.parametrize("content", ["", "{}", '{"schema": "1.0.0", "findings": [', "<<<<<<< ours\n"])
def test_one_that_cannot_be_read_is_an_error_and_never_an_empty_one(shop: Path, content: str) -> None:
    (shop / FILE).write_text(content)
    for words in (("gate",), ("gate", "--exit-zero"), ("baseline", "show"), ("baseline", "update")):
        result = run(*words, cwd=shop)
        assert (result.code, result.out) == (2, "")
        assert result.line().startswith("invalid baseline: ")
    assert (shop / FILE).read_text() == content
    assert run("gate", "--no-baseline", cwd=shop).code == 1


def test_one_that_is_named_must_be_there(shop: Path) -> None:
    assert run("gate", "--baseline", "gone.json", cwd=shop).line() == "no such baseline: gone.json"
    (shop / FILE).symlink_to("nowhere")
    assert run("gate", cwd=shop).code == 2
    (shop / FILE).unlink()
    with (shop / "parity.toml").open("a") as policy:
        policy.write('baseline = "base.json"\n')
    assert run("gate", cwd=shop).line() == "no such baseline: base.json"
    assert run("baseline", "create", cwd=shop).out == "base.json: 2 findings\n"
    assert run("gate", cwd=shop).code == 0


def test_nothing_is_adopted_of_what_could_not_be_compared(shop: Path) -> None:
    unseen = {**WHOLE, "packages": section("unavailable", "timed out")}
    (shop / "production.json").write_bytes(profile(unseen))
    result = run("baseline", "create", cwd=shop)
    assert (result.code, result.out) == (3, "")
    assert "packages is required and unavailable" in result.line()
    assert not (shop / FILE).exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("update",), f"no such baseline: {FILE}"),
        (("show",), f"no such baseline: {FILE}"),
        (("adopt",), "there is no 'adopt' of a baseline"),
        (("create", "--baseline", "gone/x"), "cannot write gone/x: its directory is not there"),
        (("create", "--baseline", "x", "--no-baseline"), "--baseline and --no-baseline exclude each other"),
    ],
)
def test_what_cannot_be_right_is_refused(shop: Path, words: tuple[str, ...], said: str) -> None:
    result = run("baseline", *words, cwd=shop)
    assert (result.code, result.out) == (2, "")
    assert result.line() == said


def test_one_that_is_there_is_not_made_again(shop: Path) -> None:
    run("baseline", "create", cwd=shop)
    again = run("baseline", "create", cwd=shop)
    assert (again.code, again.line()) == (2, f"there is a baseline already: {FILE}")
