"""What is kept of what passes by: all that collectors declare, and no more than there is room for."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.archive import reduce
from parity.archive.layers import Indexer
from parity.archive.reduce import Keeper, Kept, NotKept, Pieces, script
from parity.archive.tree import File, find
from parity.probe.libraries import elf
from parity.probe.packages import namespace
from tests.archive.tars import LATER, file, layer, pipe
from tests.probe import elves


def kept(data: bytes, path: str, keeper: Keeper | None = None) -> Kept | None:
    indexer = Indexer(keeper or Keeper(), LATER)
    node, _ = find(indexer.merged([indexer.layer(pipe(data, 5000), None, b"", whiteouts=True)]), path)
    assert isinstance(node, File)
    assert not isinstance(node.kept, int)
    return node.kept


PATTERNS = reduce._declared()[0]
PARTS = [
    "usr",
    "lib",
    "bin",
    "RECORD",
    "x.dist-info",
    "METADATA",
    "a.so",
    "a.so.1",
    "var",
    "rpm",
    "etc",
    "passwd",
    "a.pth",
]


@given(
    st.lists(st.sampled_from([*PARTS, *(part for one in PATTERNS for part in one.split("/"))]), min_size=1, max_size=6)
)
def test_patterns_match_as_fnmatch_does(parts: list[str]) -> None:
    path = "/" + "/".join(parts)
    patterns = reduce._Patterns(PATTERNS)
    assert patterns.match(path) == any(fnmatchcase(path, pattern) for pattern in PATTERNS)


def test_content_is_kept_whole_where_a_collector_reads_it() -> None:
    found = kept(layer(file("x-1.dist-info/METADATA", "Name: x\n" * 3000)), "/x-1.dist-info/METADATA")
    assert found is not None
    assert found.content is not None
    assert found.content.at(0, 1 << 20) == b"Name: x\n" * 3000
    assert kept(layer(file("x-1.dist-info/LICENSE", "text")), "/x-1.dist-info/LICENSE") is None


def test_of_a_library_what_it_asks_for_is_kept() -> None:
    library = elves.write(soname="libx.so.1", needed=["libc.so.6"])
    found = kept(layer(file("usr/lib/libx.so.1", library)), "/usr/lib/libx.so.1")
    assert found is not None
    assert found.content is None
    assert found.results[elf.parse].needed == ("libc.so.6",)


def test_of_a_package_whether_it_is_a_namespace_is_kept() -> None:
    data = layer(file("a/__init__.py", "import pkgutil\n__path__ = pkgutil.extend_path(__path__, __name__)\n"),
                 file("b/__init__.py", ""), file("c/__init__.py", "x"), file("c/other.py", "x"))  # fmt: skip
    keeper = Keeper()
    found = {name: kept(data, f"/{name}/__init__.py", keeper) for name in "abc"}
    assert {name: one and one.results[namespace.declares] for name, one in found.items()} == {
        "a": True,
        "b": False,
        "c": False,
    }
    assert found["b"] is found["c"]


def test_of_an_executable_script_its_first_bytes_are_kept() -> None:
    shebang = "#!/app/.venv/bin/python\nimport app\n" + "#" * 9000
    found = kept(layer(file("usr/local/bin/serve", shebang, mode=0o755)), "/usr/local/bin/serve")
    assert found is not None
    assert found.results[script] == shebang[: reduce.SCRIPT].encode()
    assert kept(layer(file("usr/local/bin/serve", shebang, mode=0o644)), "/usr/local/bin/serve") is None
    assert kept(layer(file("usr/local/bin/serve", "\x7fELF", mode=0o755)), "/usr/local/bin/serve") is None
    assert kept(layer(file("usr/local/bin/serve", "#", mode=0o755)), "/usr/local/bin/serve") is None


def test_of_a_very_large_file_functions_see_both_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reduce, "WHOLE", 10000)
    monkeypatch.setattr(reduce, "EDGE", 3000)
    seen = {}

    def look(at: Callable[[int, int], bytes]) -> None:
        seen["start"], seen["end"] = at(0, 3000), at(20000 - 3000, 9000)
        with pytest.raises(NotKept):
            at(2990, 20)

    keeper = Keeper()
    keeper._reduces = [(look, reduce._Patterns(["*.so"]))]
    data = bytes(range(200)) * 100
    kept(layer(file("libtorch.so", data), file("after", "x")), "/libtorch.so", keeper)
    assert seen == {"start": data[:3000], "end": data[-3000:]}


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reduce, "MOST_KEPT", 10000)
    monkeypatch.setattr(reduce, "MOST_OF_ONE", 6000)
    sizes = {"large": 7000, "first": 5000, "second": 4000, "third": 3000, "small": 900}
    parts = [file(f"{name}.dist-info/METADATA", "x" * size) for name, size in sizes.items()]
    keeper, indexer_input = Keeper(), layer(*parts)
    indexer = Indexer(keeper, LATER)
    root = indexer.merged([indexer.layer(pipe(indexer_input), None, b"", whiteouts=True)])
    there = {name for name in sizes if getattr(find(root, f"/{name}.dist-info/METADATA")[0], "kept", None)}
    assert there == {"first", "second", "small"}
    assert keeper.left == 100


def test_what_functions_make_counts_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reduce, "MOST_KEPT", 5000)
    library = elves.write(soname="l" * 200, needed=["n" * 200 + str(place) for place in range(9)])
    keeper = Keeper()
    indexer = Indexer(keeper, LATER)
    tar = layer(*(file(f"lib{place}.so", library) for place in range(20)))
    root = indexer.merged([indexer.layer(pipe(tar), None, b"", whiteouts=True)])
    there = [place for place in range(20) if getattr(find(root, f"/lib{place}.so")[0], "kept", None)]
    assert 0 < len(there) < 20
    assert keeper.left >= 0


def test_every_collectors_patterns_are_kept() -> None:
    reads, reduces = reduce._declared()
    assert {"/etc/passwd", "*.dist-info/RECORD", "/var/lib/dpkg/status"} <= set(reads)
    assert "*.so" in reduces[elf.parse]


@given(
    st.lists(st.tuples(st.integers(0, 30), st.binary(min_size=1, max_size=9)), max_size=6),
    st.integers(0, 99),
    st.integers(0, 99),
)
def test_pieces_give_what_is_there_and_nothing_else(parts: list[tuple[int, bytes]], offset: int, size: int) -> None:
    content, whole, place = Pieces(90), bytearray(b"?" * 90), 0
    known = [False] * 90
    for gap, part in parts:
        place = min(place + gap, 90 - len(part)) if place + gap + len(part) <= 90 else 90
        if place == 90:
            break
        content.add(place, [part[:1], part[1:]])
        whole[place : place + len(part)] = part
        known[place : place + len(part)] = [True] * len(part)
        place += len(part)
    end = min(offset + size, 90)
    if all(known[offset:end]):
        assert content.at(offset, size) == bytes(whole[offset:end])
    else:
        with pytest.raises(NotKept):
            content.at(offset, size)
