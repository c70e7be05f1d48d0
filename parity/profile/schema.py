"""The published format of a profile, as JSON Schema (draft 2020-12).

It fixes the envelope of a section and not the list of the sections: a new collector changes nothing in it.
"""

from __future__ import annotations


def text() -> str:
    """The schema, as it stands in schema.json."""
    from importlib.resources import files

    return (files("parity.profile") / "schema.json").read_text("utf-8")
