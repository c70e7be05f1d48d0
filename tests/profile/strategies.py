"""Profiles as hypothesis makes them: every shape that the format allows, and texts that people do not write."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hypothesis import strategies as st

from parity.profile import Profile, Section, Status
from parity.profile.freeze import HIGHEST, LOWEST
from parity.profile.model import Item, Source

# Without C0 and surrogates, which the format refuses: C1, bidi overrides, runner commands and emoji stay in.
characters = st.characters(exclude_categories=["Cs"], exclude_characters=[chr(code) for code in range(32)])
texts = st.one_of(
    st.text(characters, max_size=20),
    st.sampled_from(["##[error]x", "::error::x", "\u202e\x9b31m\x7f", "\U0001f600", "~/a/b~1", 'a"\\b', "[{", "[red]"]),
)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(LOWEST, HIGHEST),
    st.floats(-1e18, 1e18, allow_nan=False),
    texts,
)
fields = st.one_of(scalars, st.lists(texts, max_size=3).map(tuple))
items = st.dictionaries(
    texts, st.one_of(scalars, st.dictionaries(texts, fields, max_size=3).map(MappingProxyType)), max_size=4
).map(MappingProxyType)
notes = st.lists(texts, max_size=2).map(tuple)
nothing: st.SearchStrategy[Mapping[str, Item]] = st.just(MappingProxyType({}))

sections = st.one_of(
    st.builds(Section, st.just(Status.OK), st.none() | texts, items, items, notes),
    st.builds(Section, st.just(Status.PARTIAL), st.none() | texts, items, items, notes, notes),
    st.builds(
        Section,
        st.sampled_from([Status.ABSENT, Status.UNAVAILABLE, Status.SKIPPED]),
        st.none() | texts,
        nothing,
        items,
        notes,
    ),
)
moments = st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat() + "Z")
profiles = st.builds(
    Profile,
    name=texts,
    captured_at=moments,
    target=st.builds(Source, texts, texts),
    sections=st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True), sections, max_size=3).map(
        MappingProxyType
    ),
    identity=st.dictionaries(texts, texts, max_size=2).map(MappingProxyType),
    tool=texts,
    sensitive=st.booleans(),
)
