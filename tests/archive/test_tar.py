"""Headers of every writer, and those that no writer makes."""

from __future__ import annotations

import os
import stat
import subprocess
import tarfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.archive.stream import CutOff, Malformed
from parity.archive.tar import HARD_LINK, NOTHING, Member, members
from tests.archive.tars import END, directory, extended, file, header, layer, link, other_name, padded, pipe
from tests.services import program


def read(data: bytes, **how: bool) -> list[Member]:
    return list(members(pipe(data), **how))  # type: ignore[arg-type]


def names(data: bytes) -> list[str]:
    return [member.name for member in read(data)]


LONG = "a/" * 120 + "name"


def test_each_kind_of_member_is_told() -> None:
    data = layer(
        directory("etc"),
        file("etc/passwd", "root", mode=0o640, uid=3, gid=7),
        link("bin", "usr/bin"),
        other_name("etc/other", "etc/passwd"),
        header("dev/null", 0, b"3"),
        header("dev/sda", 0, b"4"),
        header("run/pipe", 0, b"6"),
        header("volume", 0, b"V"),
    )
    kinds = [stat.S_IFDIR, stat.S_IFREG, stat.S_IFLNK, HARD_LINK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, NOTHING]
    found = read(data)
    assert [member.kind for member in found] == kinds
    assert (found[1].owner, found[1].size) == ((0o640, 3, 7), 4)
    assert [member.target for member in found[2:4]] == ["usr/bin", "etc/passwd"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (header("name", magic=b"", kind=b"\0"), ["name"]),
        (header("old/", magic=b"", kind=b"\0"), ["old"]),
        (header("name", prefix=b"p" * 155), ["p" * 155 + "/name"]),
        (header("name", magic=b"ustar  \0", prefix=b"atime"), ["name"]),
        (file("././@LongLink", LONG + "\0", kind=b"L") + file("cut", "x"), [LONG]),
        (extended({"path": LONG}) + file("cut", "x"), [LONG]),
        (extended({"path": LONG}) + file("cut") + file("next"), [LONG, "next"]),
        (extended({"path": "of all"}, b"g") + file("own"), ["own"]),
        (extended({"comment": "x" * 9000}) + file("own"), ["own"]),
        (file("big", b"x" * 600, size=b"\x80" + (600).to_bytes(11, "big")), ["big"]),
        (file("spaces", b"x" * 8, size=b"        10\0 "), ["spaces"]),
        (file("not-utf-\xff".encode("latin-1")), ["not-utf-\udcff"]),
        (header("link-with-a-size", 4096, b"2", target="x") + file("next"), ["link-with-a-size", "next"]),
        (header("directory-with-a-size", 4096, b"5") + file("next"), ["directory-with-a-size", "next"]),
        (file("unknown-kind", "content", kind=b"Z") + file("next"), ["unknown-kind", "next"]),
    ],
)
def test_what_writers_do(data: bytes, expected: list[str]) -> None:
    assert names(data + END) == expected


def test_a_pax_header_overrides_target_and_size() -> None:
    data = extended({"linkpath": LONG}) + link("l", "cut") + extended({"size": "5"}) + header("f") + padded(b"12345")
    found = read(layer(data))
    assert (found[0].target, found[1].size) == (LONG, 5)


@pytest.mark.parametrize("form", ["v7", "ustar", "oldgnu", "gnu", "posix"])
def test_what_gnu_tar_writes_is_what_pythons_own_reader_finds(form: str, tmp_path: Path) -> None:
    root = tmp_path / "root"
    deep = root / {"v7": "d" * 60, "ustar": f"{'d' * 60}/{'e' * 60}"}.get(form, "directory-of-some-length/" * 9)
    deep.mkdir(parents=True)
    (deep / "file").write_bytes(b"x" * 1234)
    (deep / "link").symlink_to("t" * (90 if form in {"v7", "ustar"} else 900))
    (root / "empty").touch(0o600)
    os.link(root / "empty", root / "other")
    if form != "v7":
        os.mkfifo(root / "pipe")
    packed = tmp_path / "root.tar"
    subprocess.run([program("tar"), f"--format={form}", "-C", root, "-cf", packed, "."], check=True)
    with tarfile.open(packed) as archive:
        expected = [
            (one.name.rstrip("/"), one.mode, one.uid, one.gid, one.linkname, one.size if one.isreg() else 0)
            for one in archive.getmembers()
        ]
    found = [(one.name.removeprefix("./"), *one.owner, one.target, one.size) for one in read(packed.read_bytes())]
    assert sorted(found) == sorted((name.removeprefix("./"), *rest) for name, *rest in expected)
    assert len(found) > 5


@pytest.mark.parametrize("form", ["gnu", "posix"])
@pytest.mark.parametrize("holes", [2, 40])
def test_sparse_files_keep_their_place_and_are_not_plain(form: str, holes: int, tmp_path: Path) -> None:
    with (tmp_path / "sparse").open("wb") as opened:
        for place in range(holes):
            opened.seek(place << 20)
            opened.write(b"data")
        opened.truncate((holes + 1) << 20)
    (tmp_path / "tail").write_text("after")
    packed = tmp_path / "sparse.tar"
    words = [program("tar"), "--sparse", f"--format={form}", "-C", str(tmp_path), "-cf", str(packed), "sparse", "tail"]
    subprocess.run(words, check=True)
    assert packed.stat().st_size < 1 << 20
    found = {member.name: member.plain for member in read(packed.read_bytes())}
    assert found == {"sparse": False, "tail": True}


def test_content_can_be_read_at_its_member_or_passed_over() -> None:
    source = pipe(layer(file("a", "A" * 700), file("b", "B" * 700), file("c", "C" * 700)))
    found = {}
    for member in members(source):
        if member.name != "b":
            found[member.name] = source.read(5)
    assert found == {"a": b"AAAAA", "c": b"CCCCC"}


@pytest.mark.parametrize(
    "data",
    [
        b"x" * 512,
        bytes(100) + b"x" * 412,
        header("name", magic=b"")[:-1] + b"x",
        header("negative", b"\xff" * 12),
        header("minus", b"-0000000001\0"),
        header("letters", b"0000000000x\0"),
        header("underscore", b"0_000000001\0"),
        header("beyond", b"\xbf" + b"\xff" * 11),
        extended({"size": "-5"}) + file("f"),
        extended({"size": "9" * 30}) + file("f"),
        extended({"size": "0x10"}) + file("f"),
        header("x", 20, b"x") + padded(b"99 path=too-long\n"),
        header("x", 20, b"x") + padded(b"5 path=too-short-a-length\n"),
        header("x", 9, b"x") + padded(b"no length"),
        header("x", 9, b"x") + padded(b"9 no-equ\n"),
        header("x", 9999999, b"x") + bytes(10000000),
        header("x", 9999999, b"L") + bytes(10000000),
    ],
)
def test_what_breaks_the_format_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        read(layer(file("before"), data))
    assert str(caught.value).isprintable()


def test_a_size_of_a_terabyte_is_cut_off_at_once(tmp_path: Path) -> None:
    huge = header("huge", b"\x80" + (1 << 40).to_bytes(11, "big"))
    for data in (huge, extended({"size": str(1 << 40)}) + header("huge")):
        with pytest.raises(CutOff):
            read(data + bytes(5000))
        with pytest.raises(CutOff):
            list(members(pipe(data + bytes(5000)), len(data) + 5000))


def test_an_end_anywhere_but_between_members_is_cut_off() -> None:
    whole = layer(file("a", "x" * 700), extended({"path": LONG}), file("b", "y"))
    content = len(whole) - len(END)
    for end in range(0, content, 171):
        with pytest.raises(CutOff):
            read(whole[:end])
    # Between two members as well: an engine that fails midway ends its answer as if nothing were wrong.
    with pytest.raises(CutOff):
        read(whole[:content])
    assert len(read(whole[:content], marked=False)) == 2
    assert len(list(members(pipe(whole), content))) == 2


def test_a_tar_in_a_tar_ends_where_it_ends() -> None:
    inner = layer(file("inside", "x" * 600))
    source = pipe(layer(file("layer.tar", inner), file("after", "x")))
    found = []
    for member in members(source):
        found.append(member.name)
        if member.name == "layer.tar":
            found += [one.name for one in members(source, member.size)]
    assert found == ["layer.tar", "inside", "after"]


@given(st.binary(max_size=4000), st.booleans())
def test_no_bytes_raise_anything_else(data: bytes, marked: bool) -> None:
    with suppress(Malformed):
        read(data, marked=marked)


VALID = layer(
    directory("usr"),
    extended({"path": LONG, "size": "3"}),
    file("cut", "abc"),
    file("././@LongLink", LONG + "\0", kind=b"L"),
    link("l", "target"),
    header("sparse", 512, b"S", magic=b"ustar  \0", rest=bytes(155)) + bytes(512),
)


@given(st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.integers(0, 255)), max_size=8), st.integers(1, 3000))
def test_damage_anywhere_raises_nothing_else(damage: list[tuple[int, int]], size: int) -> None:
    data = bytearray(VALID)
    for place, value in damage:
        data[place] = value
    with suppress(Malformed):
        list(members(pipe(bytes(data), size)))
