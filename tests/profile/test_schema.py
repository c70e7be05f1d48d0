from __future__ import annotations

import copy
import json
import re
from contextlib import suppress
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.errors import InvalidProfile
from parity.profile import Profile, Status, freeze, schema
from parity.profile.document import ADDED, HEADER, integrity, render
from parity.profile.load import loads
from parity.profile.model import SCHEMA
from tests.profile.strategies import profiles, scalars

SCHEMA_DOCUMENT = json.loads(schema.text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA_DOCUMENT)


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA_DOCUMENT)
    assert schema.text().endswith("}\n")


def test_it_names_no_section() -> None:
    # A new collector must cost no change of the format.
    words = set(re.findall(r"[a-z_]+", json.dumps(SCHEMA_DOCUMENT)))
    assert words.isdisjoint({"packages", "platform", "system_packages", "libraries", "volumes", "database"})


@given(profiles)
def test_what_is_rendered_is_valid(profile: Profile) -> None:
    VALIDATOR.validate(json.loads(render(profile)))


def test_its_bounds_are_those_of_the_loader() -> None:
    definitions = SCHEMA_DOCUMENT["$defs"]
    number = definitions["scalar"]["anyOf"][1]
    section = definitions["section"]
    closed = definitions["closed"]
    assert definitions["text"]["maxLength"] == freeze.MAX_STRING
    assert definitions["key"]["maxLength"] == freeze.MAX_KEY
    assert definitions["items"]["maxProperties"] == freeze.MAX_ITEMS
    assert SCHEMA_DOCUMENT["properties"]["sections"]["maxProperties"] == freeze.MAX_SECTIONS
    assert (number["minimum"], number["maximum"]) == (freeze.LOWEST, freeze.HIGHEST)
    assert section["properties"]["status"]["enum"] == [status.value for status in Status]
    assert set(section["required"]) == freeze.REQUIRED
    assert section["properties"].keys() == freeze.REQUIRED | freeze.OPTIONAL
    assert set(SCHEMA_DOCUMENT["required"]) == SCHEMA_DOCUMENT["properties"].keys() - ADDED == HEADER
    assert set(closed["propertyNames"]["enum"]) == HEADER | ADDED
    assert SCHEMA_DOCUMENT["if"]["properties"]["schema"]["enum"][-1] == SCHEMA
    assert SCHEMA_DOCUMENT["$id"].endswith(SCHEMA.split(".", maxsplit=1)[0])


json_values = st.recursive(
    st.one_of(scalars, st.floats(allow_nan=False, allow_infinity=False), st.integers(), st.text(max_size=3)),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=3), inner, max_size=2)),
    max_leaves=4,
)


@given(profiles, st.data())
def test_a_mutation_is_valid_for_both_or_refused_by_the_loader(profile: Profile, data: st.DataObject) -> None:
    document = json.loads(render(profile))
    for _ in range(data.draw(st.integers(1, 2))):
        mutate(document, data)
    # Some shapes are such that no digest of them can be computed.
    with suppress(AttributeError, KeyError, TypeError):
        document["integrity"] = integrity(document)
    judge(document)


def mutate(document: dict[str, Any], data: st.DataObject) -> None:
    """Change, drop, move or add one value somewhere in the document."""
    places = list(containers(document))
    place = data.draw(st.sampled_from(places))
    keys = list(place) if isinstance(place, dict) else list(range(len(place)))
    action = data.draw(st.sampled_from(["set", "drop", "add", "move"]))
    if action in {"set", "drop", "move"} and not keys:
        action = "add"
    if action == "add":
        new = data.draw(json_values)
        if isinstance(place, dict):
            known = st.sampled_from(sorted(HEADER | ADDED | freeze.REQUIRED))
            place[data.draw(st.one_of(st.text(max_size=3), known))] = new
        else:
            place.append(new)
        return
    key = data.draw(st.sampled_from(keys))
    if action == "set":
        place[key] = data.draw(st.one_of(json_values, st.sampled_from([status.value for status in Status])))
    elif action == "move":
        place[key] = copy.deepcopy(data.draw(st.sampled_from(places)))
    else:
        del place[key]


def containers(value: Any) -> Any:
    if isinstance(value, (dict, list)):
        yield value
        for one in value.values() if isinstance(value, dict) else value:
            yield from containers(one)


def judge(document: Any) -> None:
    try:
        loads(json.dumps(document).encode())
    except InvalidProfile:
        return
    VALIDATOR.validate(document)


@given(profiles, st.data())
def test_damaged_bytes_are_refused_or_change_nothing_but_layout(profile: Profile, data: st.DataObject) -> None:
    whole = render(profile).encode()
    at = data.draw(st.integers(0, len(whole) - 1))
    replacement = data.draw(st.binary(max_size=3))
    damaged = whole[:at] + replacement + whole[at + data.draw(st.integers(0, 3)) :]
    try:
        loaded = loads(damaged)
    except InvalidProfile:
        return
    volatile = {name: section.volatile for name, section in loaded.sections.items()}
    before = {name: section.volatile for name, section in profile.sections.items()}
    assert loaded == profile or volatile != before


@pytest.mark.parametrize(
    ("change", "accepted"),
    [
        ({"schema": "1.0.0", "extra": 1}, False),
        ({"schema": "1.4.0", "extra": 1}, True),
        ({"schema": "2.0.0"}, False),
        ({"name": "a\x01"}, False),
        ({"name": "x" * 1025}, False),
        ({"identity": {"image": None}}, False),
    ],
)
def test_both_agree(document: dict[str, Any], change: dict[str, Any], accepted: bool) -> None:
    document.update(change)
    document["integrity"] = integrity(document)
    assert VALIDATOR.is_valid(document) is accepted
    if accepted:
        loads(json.dumps(document).encode())
    else:
        with pytest.raises(InvalidProfile):
            loads(json.dumps(document).encode())
