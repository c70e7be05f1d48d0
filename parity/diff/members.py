"""Which members of unequal lists only one side has, by DeepDiff in one go.

Importing DeepDiff costs as much as a diff of thousands of items, and it takes some 40 microseconds for
each member; so it sees only lists that a comparison has already found unequal, and no more of them than
a person or a program could want taken apart. Both sides of the others are in the difference all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from parity.diff.model import Difference

if TYPE_CHECKING:
    from parity.profile.model import Field

TAKEN_APART = 1000
"""Lists of one diff, in order, whose members are told apart."""

_Member: TypeAlias = "tuple[int, int, str]"
"""(place of the difference, place of its field, the member)"""


def with_members(differences: Sequence[Difference]) -> Sequence[Difference]:
    """The same differences, with `missing` and `extra` filled in for lists."""
    unequal = [
        (place, index, field)
        for place, difference in enumerate(differences)
        for index, field in enumerate(difference.fields)
        if isinstance(field.local, tuple) or isinstance(field.production, tuple)
    ][:TAKEN_APART]
    if not unequal:
        return differences
    missing, extra = _one_sided(
        {(place, index, member) for place, index, field in unequal for member in _listed(field.local)},
        {(place, index, member) for place, index, field in unequal for member in _listed(field.production)},
    )
    result = list(differences)
    for place, index, field in unequal:
        at = place, index
        fields = list(result[place].fields)
        fields[index] = replace(field, missing=tuple(missing.get(at, ())), extra=tuple(extra.get(at, ())))
        result[place] = replace(result[place], fields=tuple(fields))
    return result


def _one_sided(local: set[_Member], production: set[_Member]) -> tuple[dict[Any, list[str]], dict[Any, list[str]]]:
    from deepdiff import DeepDiff

    # A dictionary is the shape that DeepDiff takes apart fastest: keys are found by hash, and the
    # members that both sides have cost nothing once the lists are known to be unequal.
    tree: Any = DeepDiff(
        dict.fromkeys(sorted(local), True),
        dict.fromkeys(sorted(production), True),
        view="tree",
        threshold_to_diff_deeper=0,
    )
    return _grouped(tree.get("dictionary_item_removed", ())), _grouped(tree.get("dictionary_item_added", ()))


def _grouped(levels: Any) -> dict[Any, list[str]]:
    grouped: dict[Any, list[str]] = {}
    for place, index, member in sorted(level.path(output_format="list")[0] for level in levels):
        grouped.setdefault((place, index), []).append(member)
    return grouped


def _listed(value: Field) -> Iterator[str]:
    if isinstance(value, tuple):
        yield from value
    elif value is not None:
        yield str(value)
