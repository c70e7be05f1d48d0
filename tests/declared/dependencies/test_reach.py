"""Which groups reach a locked distribution, and under which markers."""

from __future__ import annotations

import time

from parity.declared.dependencies.reach import LONGEST_WAY, Key, both, either, reach
from parity.declared.facts import Edge

Locked = dict[Key, tuple[Edge, ...]]


def test_a_marker_is_all_of_one_way_and_any_of_several() -> None:
    locked: Locked = {
        ("a", "1"): (Edge("c", marker="x"),),
        ("b", "1"): (Edge("c", marker="y or z"), Edge("d")),
        ("c", "1"): (Edge("e", marker="w"),),
        ("d", "1"): (),
        ("e", "1"): (Edge("c"),),
        ("unasked", "1"): (),
    }
    found = reach([("main", Edge("a")), ("dev", Edge("b", marker="v"))], locked)
    assert {key[0]: (way.groups, way.marker) for key, way in found.items()} == {
        "a": (("main",), None),
        "b": (("dev",), "v"),
        "c": (("dev", "main"), "(v and (y or z)) or x"),
        "d": (("dev",), "v"),
        "e": (("dev", "main"), "(v and w and (y or z)) or (w and x)"),
    }


def test_a_way_without_a_marker_makes_the_others_superfluous() -> None:
    locked: Locked = {("a", "1"): (Edge("b", marker="x"),), ("b", "1"): (), ("c", "1"): (Edge("b"),)}
    assert reach([("main", Edge("a"))], locked)["b", "1"].marker == "x"
    assert reach([("main", Edge("a")), ("main", Edge("c"))], locked)["b", "1"].marker is None


def test_what_is_behind_an_extra_needs_it_to_be_asked_for() -> None:
    locked: Locked = {("a", "1"): (Edge("b", behind="x"), Edge("c")), ("b", "1"): (), ("c", "1"): ()}
    assert {key[0] for key in reach([("main", Edge("a"))], locked)} == {"a", "c"}
    assert {key[0] for key in reach([("main", Edge("a", extras=("x",)))], locked)} == {"a", "b", "c"}
    assert {key[0] for key in reach([("main", Edge("a", extras=("y",)))], locked)} == {"a", "c"}


def test_an_edge_means_one_version_or_all() -> None:
    locked: Locked = {
        ("a", "1"): (Edge("b", "2", "x"), Edge("b", "3", "y")),
        ("b", "2"): (),
        ("b", "3"): (),
        ("b", "4"): (),
    }
    found = reach([("main", Edge("a"))], locked)
    assert {key: way.marker for key, way in found.items()} == {("a", "1"): None, ("b", "2"): "x", ("b", "3"): "y"}
    assert reach([("main", Edge("b"))], locked).keys() == {("b", "2"), ("b", "3"), ("b", "4")}


def test_a_lock_that_was_made_to_branch_without_end_ends() -> None:
    count = 1_000
    locked: Locked = {
        (f"p{number}", "1"): tuple(
            Edge(f"p{number + step}", marker=f"m == '{step}{number % 7}'", extras=("a", "b")) for step in range(1, 20)
        )
        for number in range(count)
    }
    start = time.process_time()
    found = reach([(f"group:{number}", Edge(f"p{number}")) for number in range(50)], locked)
    assert time.process_time() - start < 10
    assert len(found) == count
    line: Locked = {
        (f"p{number}", "1"): (Edge(f"p{number + 1}", marker=f"m == '{number}'"),) for number in range(count)
    }
    last = reach([("main", Edge("p0"))], line)[f"p{count - 1}", "1"]
    assert last.marker is not None
    assert last.marker.count(" and ") == LONGEST_WAY - 1


def test_markers_are_joined_with_their_brackets() -> None:
    assert both(None, None) is None
    assert both("a or b", None, "c") == "(a or b) and c"
    assert either(["a and b", "c"]) == "(a and b) or c"
    assert either(["a", None]) is None
    assert either(["a or b"]) == "a or b"
