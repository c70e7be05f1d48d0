"""Versions in the words of poetry and Pipfile."""

from __future__ import annotations

import pytest

from parity.declared.dependencies.constraint import as_specifier, pinned_version


@pytest.mark.parametrize(
    ("text", "specifier", "version"),
    [
        ("^1.2.3", ">=1.2.3,<2", None),
        ("^1.2", ">=1.2,<2", None),
        ("^0.2.3", ">=0.2.3,<0.3", None),
        ("^0.0.3", ">=0.0.3,<0.0.4", None),
        ("^0.0", ">=0.0,<0.1", None),
        ("^0", ">=0,<1", None),
        ("~1.2.3", ">=1.2.3,<1.3", None),
        ("~1.2", ">=1.2,<1.3", None),
        ("~1", ">=1,<2", None),
        ("~=1.2", "~=1.2", None),
        ("*", "", None),
        ("1.*", "==1.*", None),
        ("==1.*", "==1.*", None),
        ("1.2.3", "==1.2.3", "1.2.3"),
        ("=1.2.3", None, "1.2.3"),
        ("== 1.2.3", "==1.2.3", "1.2.3"),
        ("===1.2.3", "===1.2.3", "1.2.3"),
        ("v1.2", "==1.2", "1.2"),
        (">=1.0,<2.0", ">=1.0,<2.0", None),
        (">=1.0 <2.0", ">=1.0,<2.0", None),
        ("^1.0 || ^2.0", None, None),
        ("!=1.5", "!=1.5", None),
        ("^1.x", None, None),
        ("latest", None, None),
        ("1.2.3rc1", "==1.2.3rc1", "1.2.3rc1"),
        ("x" * 5_000, None, None),
        ("", "", None),
    ],
)
def test_a_constraint_is_a_range_and_perhaps_one_version(text: str, specifier: str | None, version: str | None) -> None:
    assert as_specifier(text) == specifier
    assert pinned_version(text) == version
