"""Layers over one another: whiteouts, links, and what no file system could hold."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.archive import layers
from parity.archive.layers import Indexer
from parity.archive.reduce import Keeper
from parity.archive.stream import CutOff, Malformed, Slow
from parity.archive.tree import Directory, File, Link, Special, find, walk
from tests.archive.tars import LATER, directory, extended, file, header, layer, link, other_name, pipe


def indexer() -> Indexer:
    return Indexer(Keeper(["*"]), LATER)


def merged(*tars: bytes, using: Indexer | None = None, whiteouts: bool = True) -> Directory:
    using = using or indexer()
    return using.merged([using.layer(pipe(data), None, b"", whiteouts=whiteouts) for data in tars])


def files(root: Directory) -> Mapping[str, str]:
    """{path: content, or -> target}; directories only where nothing is in them, with a slash."""
    found = {}
    for path, node in walk(root):
        if isinstance(node, File):
            assert node.kept is not None
            assert not isinstance(node.kept, int)
            assert node.kept.content is not None
            found[path] = node.kept.content.at(0, 100).decode()
        elif isinstance(node, Link):
            found[path] = f"-> {node.target}"
        elif isinstance(node, Special):
            found[path] = "special"
        elif not node.children:
            found[path + "/"] = ""
    return found


BELOW = layer(
    directory("etc"),
    file("etc/a", "1"),
    file("etc/b", "1"),
    directory("var"),
    file("var/x/y/z", "1"),
    link("lib", "usr/lib"),
)


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ([file("etc/a", "2")], {"/etc/a": "2", "/etc/b": "1"}),
        ([file("etc/.wh.a")], {"/etc/b": "1"}),
        ([file("etc/.wh.a"), file("etc/a", "2")], {"/etc/a": "2", "/etc/b": "1"}),
        ([file("etc/a", "2"), file("etc/.wh.a")], {"/etc/a": "2", "/etc/b": "1"}),
        ([file(".wh.etc")], {}),
        ([file(".wh.etc"), file("etc/c", "2")], {"/etc/c": "2"}),
        ([file("etc/.wh..wh..opq"), file("etc/c", "2")], {"/etc/c": "2"}),
        ([file("etc/c", "2"), file("etc/.wh..wh..opq")], {"/etc/c": "2"}),
        ([file("etc/.wh..wh.plnk"), file("etc/.wh..wh.aufs")], {"/etc/a": "1", "/etc/b": "1"}),
        ([file("etc/.wh.none")], {"/etc/a": "1", "/etc/b": "1"}),
        ([file("etc", "2")], {"/etc": "2"}),
        ([link("etc", "var")], {"/etc": "-> var"}),
        ([directory("etc")], {"/etc/a": "1", "/etc/b": "1"}),
    ],
)
def test_one_layer_over_another(above: list[bytes], expected: dict[str, str]) -> None:
    rest = {"/var/x/y/z": "1", "/lib": "-> usr/lib"}
    assert files(merged(BELOW, layer(*above))) == {**rest, **expected}


def test_whiteouts_hide_what_is_below_and_not_what_comes_later() -> None:
    gone, back = layer(file("etc/.wh.a"), file("var/.wh.x")), layer(file("etc/a", "3"), file("var/x/new", "3"))
    assert files(merged(BELOW, gone, back)) == {
        "/etc/a": "3",
        "/etc/b": "1",
        "/var/x/new": "3",
        "/lib": "-> usr/lib",
    }


def test_in_files_that_are_no_layer_a_whiteouts_name_is_a_name() -> None:
    root = merged(layer(file("etc/a", "1"), file("etc/.wh.a", "2")), whiteouts=False)
    assert files(root) == {"/etc/a": "1", "/etc/.wh.a": "2"}


def test_members_below_a_link_are_where_it_leads() -> None:
    # In its own layer, and in a layer below.
    own = layer(directory("usr/lib"), link("lib", "usr/lib"), file("lib/one", "1"))
    assert files(merged(own)) == {"/lib": "-> usr/lib", "/usr/lib/one": "1"}
    later = merged(own, layer(file("lib/two", "2"), file("lib/.wh.one")))
    assert files(later) == {"/lib": "-> usr/lib", "/usr/lib/two": "2"}
    # Where it leads nowhere, the directory takes its place.
    assert files(merged(BELOW, layer(file("lib/three", "3"))))["/lib/three"] == "3"
    # A directory that has a member of its own takes the place of the link.
    assert "/usr/lib/four" not in files(merged(own, layer(directory("lib"), file("lib/four", "4"))))


def test_owners_are_those_of_the_uppermost_member() -> None:
    below = layer(directory("data", uid=1, mode=0o700), file("data/file", "x", uid=1))
    implicit, explicit = layer(file("data/more", "x", uid=2)), layer(directory("data", uid=3, mode=0o755))
    assert find(merged(below, implicit), "/data")[0].owner == (0o700, 1, 0)
    assert find(merged(below, explicit), "/data")[0].owner == (0o755, 3, 0)
    assert find(merged(below, explicit), "/data/file")[0].owner == (0o644, 1, 0)


def test_a_hard_link_is_the_file_of_its_own_layer_or_one_below() -> None:
    own = merged(layer(file("a", "1"), other_name("b", "a"), other_name("c", "/b")))
    assert files(own) == {"/a": "1", "/b": "1", "/c": "1"}
    assert files(merged(layer(file("a", "1")), layer(other_name("b", "a"), file(".wh.a")))) == {}
    kept = merged(layer(file("a", "1")), layer(other_name("b", "a")), layer(file(".wh.a")))
    assert files(kept) == {"/b": "1"}
    before = layer(other_name("b", "a"), file("a", "1"))
    assert files(merged(before)) == {"/a": "1", "/b": "1"}


def test_hard_links_to_nothing_to_directories_and_to_one_another_are_left_out() -> None:
    using = indexer()
    odd = layer(
        other_name("b", "none"), directory("d"), other_name("c", "d"), other_name("x", "y"), other_name("y", "x")
    )
    assert files(merged(odd, using=using)) == {"/d/": ""}
    assert using.odd == 4


def test_names_that_lead_out_are_left_out_and_counted() -> None:
    using = indexer()
    odd = [file("../../etc/passwd", "x"), file("a/../b", "x"), file("..", "x"), file("a/..", "x")]
    long = extended({"path": "a/" * 3000}) + file("cut", "x")
    under = [file("plain", "x"), file("plain/below", "x"), link("loop", "loop"), file("loop/below", "x")]
    root = merged(layer(*odd, long, *under), using=using)
    assert files(root) == {"/plain": "x", "/loop": "-> loop"}
    assert using.odd == 7


def test_absolute_and_dotted_names_are_below_the_root() -> None:
    root = merged(layer(directory("./"), file("/etc/a", "1"), file("./etc//b", "2"), file("etc/./c", "3")))
    assert files(root) == {"/etc/a": "1", "/etc/b": "2", "/etc/c": "3"}


def test_links_resolve_below_the_root_whatever_they_say() -> None:
    up = link("up", "../../../../etc")
    root = merged(
        layer(up, link("abs", "/etc/./"), link("chain", "up/../up"), file("etc/passwd", "in"), link("etc/x", ".."))
    )
    for path in ("/up/passwd", "/abs/passwd", "/chain/passwd", "/../../etc/passwd", "/etc/x/etc/x/../up/passwd"):
        assert find(root, path)[1] == "/etc/passwd"


def test_devices_and_pipes_are_there_and_hold_nothing() -> None:
    root = merged(layer(header("dev/sda", 0, b"4"), header("etc/METADATA", 0, b"6")))
    assert files(root) == {"/dev/sda": "special", "/etc/METADATA": "special"}


def test_no_more_members_are_told_apart_than_memory_has_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers, "MOST_MEMBERS", 50)
    using = indexer()
    tars = [layer(*(file(f"{name}{place}", "x") for place in range(40))) for name in "fg"]
    root = merged(*tars, using=using)
    assert len(files(root)) == 50
    assert using.cut


def test_directories_that_no_member_tells_of_count_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers, "MOST_MEMBERS", 5000)
    deep = [extended({"path": f"{place}/" + "d/" * 1000 + "file"}) + file("cut", "x") for place in range(50)]
    using = indexer()
    root = merged(layer(*deep), using=using)
    assert using.cut
    assert sum(1 for _ in walk(root)) < 8000
    # Those of an honest tar without them cost little.
    honest = indexer()
    assert len(files(merged(layer(*(file(f"usr/lib/x/{place}", "x") for place in range(4000))), using=honest))) == 4000
    assert not honest.cut


def test_the_deadline_holds_among_members() -> None:
    using = Indexer(Keeper(), time.monotonic() - 1)
    with pytest.raises(Slow):
        using.layer(pipe(layer(file("a"))), None, b"", whiteouts=True)


def test_time_grows_with_the_number_of_members_and_no_faster() -> None:
    def seconds(count: int) -> float:
        data = layer(*(file(f"directory-{place % 50}/below/{place}", "x") for place in range(count)))
        best = 1e9
        for _ in range(3):
            using, began = indexer(), time.perf_counter()
            merged(data, using=using)
            best = min(best, time.perf_counter() - began)
        return best

    assert seconds(8000) < 10 * seconds(2000)


def test_a_maze_of_links_costs_little() -> None:
    targets = ["d/../" * 40 + f"l{place + 1}" for place in range(60)]
    maze = [extended({"linkpath": target}) + link(f"l{place}", "cut") for place, target in enumerate(targets)]
    odd = [file(f"l{place % 2}/x{place}", "x") for place in range(300)]
    using, began = indexer(), time.perf_counter()
    merged(layer(directory("d"), *maze, *odd), using=using)
    assert using.odd == 300
    assert time.perf_counter() - began < 5


NAMES = st.lists(st.sampled_from(["a", "b", "..", ".", "", ".wh.a", ".wh..wh..opq", "c"]), min_size=1, max_size=5).map(
    "/".join
)
MEMBERS = st.one_of(
    st.builds(file, NAMES, st.just("x")),
    st.builds(directory, NAMES),
    st.builds(link, NAMES, NAMES),
    st.builds(other_name, NAMES, NAMES),
)


@given(st.lists(st.lists(MEMBERS, max_size=12), max_size=4))
def test_no_members_raise_anything_but_what_is_known(tars: list[list[bytes]]) -> None:
    root = merged(*(layer(*parts) for parts in tars))
    for path, node in walk(root):
        assert ".." not in path.split("/")
        assert node.kind


@given(st.lists(st.binary(max_size=1500), max_size=3))
def test_no_bytes_raise_anything_but_what_is_known(tars: list[bytes]) -> None:
    for data in tars:
        with pytest.raises((Malformed, CutOff)):
            merged(data + b"no end of a tar")
