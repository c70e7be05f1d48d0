"""Whatever a profile holds: no word of it that a shell or a file would obey stands where one reads it."""

from __future__ import annotations

import shlex
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from parity.fix.model import Fix
from parity.fix.recipe import recipe
from tests.diff.profiles import profile
from tests.explain.cases import sections
from tests.fix.cases import COMPOSE, DOCKERFILE, MANIFEST, commands, fixed

EVIL = (
    "x; touch evil",
    "$(touch evil)",
    "`touch evil`",
    "a' && touch evil '",
    'a" && touch evil "',
    "a\ntouch evil",
    "a # evil",
)

KEYS = (
    "python.version",
    "python.prefix",
    "python.executable",
    "platform.distribution",
    "platform.distribution_name",
    "process.user",
    "process.umask",
    "time.zone",
    "locale.lc_ctype",
    "locale.encoding",
    "database.server_version",
    "database.DateStyle",
    "database.search_path",
    "limits.nofile",
    "limits.memory",
)
PLACES: tuple[str, ...] = (
    "packages.{}",
    "environment.{}",
    "volumes./{}",
    "system_packages.{}",
    "libraries.{}",
    "executables.{}",
)
PLACES += ("database.extensions.{}", "database.schemas.{}", "database.{}", "network.hosts.{}", "locale.available.{}")
PLACES += ("source.{}", "database.migrations.{}", "python.flags.{}", "python.stdlib.{}")
ITEM = {
    "version": "1",
    "manager": "debian",
    "state": "set",
    "resolved": True,
    "exists": True,
    "kind": "volume",
    "heads": ("a",),
}
TEXTS = {"Dockerfile": DOCKERFILE, "compose.yaml": COMPOSE, "web.yaml": MANIFEST, "requirements.txt": "a==1\n"}


def evil_words(text: str) -> bool:
    """Whether a shell would run it: `touch` as a command of its own."""
    words = list(shlex.shlex(text, posix=True, punctuation_chars=True))
    return any(word == "touch" for word in words)


def held(found: Fix) -> None:
    for text in commands(found):
        assert "\n" not in text
        assert not evil_words(text), text
    for file in found.files:
        assert "touch evil" not in file.text, file.text


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("place", PLACES)
def test_an_evil_key_goes_into_no_command(place: str, evil: str) -> None:
    key = place.format(evil)
    section = key.partition(".")[0]
    beside = {"platform.distribution": "debian 12", "packages.a": {"version": "1"}}
    held(fixed({**beside, key: ITEM}, {section: None, **beside}, TEXTS, label=None))
    held(fixed({section: None, **beside}, {**beside, key: ITEM}, TEXTS, side="production"))


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("key", KEYS)
def test_an_evil_value_goes_into_no_command(key: str, evil: str) -> None:
    held(fixed({key: evil}, {key: "a"}, TEXTS))
    held(fixed({key: evil}, {key: "a"}, TEXTS, side="local"))


@pytest.mark.parametrize("evil", EVIL)
def test_a_recipe_holds_none_of_it_where_it_would_be_obeyed(evil: str) -> None:
    items: dict[str, Any] = dict.fromkeys(KEYS, evil) | {place.format(evil): ITEM for place in PLACES}
    items |= {"database.server_version": "15.8", "environment.TZ": ITEM, "environment.LANG": ITEM}
    files = {one.name: one.text for one in recipe(profile(sections(items))).files}
    for name in ("Dockerfile", "constraints.txt", "system-packages.txt", ".env.example"):
        lines = [line for line in files.get(name, "").splitlines() if not line.startswith("#")]
        assert "touch" not in "\n".join(lines), name
    document = yaml.safe_load(files["compose.yaml"])
    assert document["services"].keys() == {"program", "database"}
    for word in document["services"]["database"].get("command", []):
        assert "\n" not in word


@given(
    st.dictionaries(st.sampled_from(KEYS), st.text(max_size=20) | st.integers() | st.booleans() | st.none(), max_size=6)
)
def test_any_profile_makes_a_recipe_that_yaml_reads(items: dict[str, Any]) -> None:
    kept = {key: value for key, value in items.items() if value is not None}
    files = {one.name: one.text for one in recipe(profile(sections(kept))).files}
    assert yaml.safe_load(files["compose.yaml"])["services"]["program"]["build"] == "."
    assert files["Dockerfile"].count("FROM ") == 1


@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=20) | st.integers() | st.booleans(), max_size=6))
def test_any_two_profiles_have_a_fix_that_is_one_line_a_command(items: dict[str, Any]) -> None:
    held(fixed(items, dict.fromkeys(items, "other"), TEXTS))
