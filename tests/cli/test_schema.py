"""parity schema"""

from __future__ import annotations

import json

import jsonschema

from tests.cli.program import parity
from tests.proof.profiles import document


def test_it_prints_a_schema_that_accepts_profiles_and_nothing_else() -> None:
    result = parity("schema")
    assert (result.code, result.err) == (0, "")
    schema = json.loads(result.out)
    jsonschema.validators.validator_for(schema).check_schema(schema)
    checker = jsonschema.validators.validator_for(schema)(schema)
    assert checker.is_valid(document())
    assert not checker.is_valid({**document(), "colour": 1})
    assert not checker.is_valid({name: value for name, value in document().items() if name != "sections"})
