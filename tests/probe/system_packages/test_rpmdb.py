"""The three forms of rpm's database against the libraries that write them, in every shape and damaged."""

from __future__ import annotations

import lzma
import random
import sqlite3
import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parity.probe.kit import Section, View
from parity.probe.system_packages import rpm, rpmdb
from tests.services import program

DATA = Path(__file__).parents[1] / "data" / "rpm"
WHOLE = 1 << 20


def blobs(sizes: list[int]) -> list[bytes]:
    source = random.Random(7)
    return [source.randbytes(size) for size in sizes]


SIZES = [40, 300, 470, 3000, 4060, 4070, 4100, 8192, 20000, 70000, 300000, *range(100, 5000, 37)]


@pytest.mark.parametrize("page", [512, 1024, 4096, 65536])
def test_sqlite_of_every_page_size_and_depth(page: int, tmp_path: Path) -> None:
    path = tmp_path / "rpmdb.sqlite"
    wanted = blobs(SIZES * (3 if page < 4096 else 1))
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA page_size = {page}")
        connection.execute("CREATE TABLE other (x)")
        connection.execute("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)")
        connection.executemany("INSERT INTO Packages (blob) VALUES (?)", [(blob,) for blob in wanted])
    connection.close()
    read = list(rpmdb.sqlite(View(), str(path)))
    assert [prefix(WHOLE) for prefix in read] == wanted
    assert [prefix(25) for prefix in rpmdb.sqlite(View(), str(path))] == [blob[:25] for blob in wanted]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("page", [512, 4096, 65536])
def test_berkeley_of_every_page_size_and_byte_order(page: int, order: str, tmp_path: Path) -> None:
    path = tmp_path / "Packages"
    wanted = blobs(SIZES)
    lines = ["VERSION=3", "format=bytevalue", "type=hash", f"db_pagesize={page}"]
    lines += ["db_lorder=4321"] * (order == ">") + ["HEADER=END"]
    lines += [" " + struct.pack(order + "I", 0).hex(), " " + struct.pack(order + "I", len(wanted)).hex()]
    for number, blob in enumerate(wanted, 1):
        lines += [" " + struct.pack(order + "I", number).hex(), " " + blob.hex()]
    subprocess.run([program("db5.3_load"), path], input="\n".join([*lines, "DATA=END", ""]), text=True, check=True)
    read = [prefix(WHOLE) for prefix in rpmdb.berkeley(View(), str(path))]
    assert sorted(read) == sorted(wanted)


SPEC = """
Name: made
Epoch: 2
Version: 1.0
Release: 3
Summary: made
License: MIT
BuildArch: noarch
%description
made
%files
"""


def test_what_this_machines_rpm_installs(tmp_path: Path) -> None:
    (tmp_path / "made.spec").write_text(SPEC)
    build = [program("rpmbuild"), "-bb", "--quiet", "--define", f"_topdir {tmp_path}", str(tmp_path / "made.spec")]
    subprocess.run(build, check=True, capture_output=True)
    database = tmp_path / "database"
    database.mkdir()
    command = [program("rpm"), "--dbpath", str(database)]
    # Debian's rpm wants to be told that it is meant.
    options = ["--force-debian"] * Path("/etc/debian_version").exists()
    package = str(next(tmp_path.rglob("*.rpm")))
    install = [*command, *options, "--justdb", "--nodeps", "--noscripts", "--force", "-i", package]
    subprocess.run(install, check=True, capture_output=True)
    form = "%{name} %{epoch}:%{version}-%{release} %{arch}"
    wanted = subprocess.run([*command, "-qa", "--qf", form], check=True, capture_output=True, text=True).stdout
    (path,) = [database / name for name, _ in rpm.FORMS if (database / name).exists()]
    reader = dict(rpm.FORMS)[path.name]
    (package_read,) = [rpm.parse(prefix) for prefix in reader(View(), str(path))]
    assert f"{package_read.name} {package_read.version} {package_read.architecture}" == wanted == "made 2:1.0-3 noarch"


REAL = {
    "sqlite": rpmdb.sqlite,
    "ndb_with_an_erased_package": rpmdb.ndb,
    "berkeley": rpmdb.berkeley,
}


@pytest.mark.parametrize("name", REAL)
@given(
    damage=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), max_size=30), cut=st.floats(0.5, 1)
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_database_hides_and_never_breaks(
    name: str, damage: list[tuple[float, bytes]], cut: float, tmp_path: Path
) -> None:
    data = bytearray(lzma.decompress((DATA / f"{name}.xz").read_bytes()))
    for place, piece in damage:
        start = int(place * (len(data) - len(piece)))
        data[start : start + len(piece)] = piece
    path = tmp_path / "damaged"
    path.write_bytes(data[: int(len(data) * cut)])
    section = Section()
    try:
        packages = rpm._packages(View(), str(path), REAL[name], section)
    except (rpmdb.Damaged, struct.error):
        return
    assert all(package.version for package in packages)


def test_a_key_that_rpm_trusts_is_no_package() -> None:
    store = b"gpg-pubkey\0b86b3716\x0061e69f29\0"
    entries = [(1000, 6, 0, 1), (1001, 6, 11, 1), (1002, 6, 20, 1)]
    blob = struct.pack(">II", 3, len(store)) + b"".join(struct.pack(">IIII", *entry) for entry in entries) + store
    assert rpm.parse(lambda size: blob[:size]) is None
    assert rpm.parse(lambda size: blob.replace(b"gpg-pubkey", b"gpg-pubkex")[:size]).name == "gpg-pubkex"


@given(st.binary(max_size=200), st.integers(0, 5))
@settings(max_examples=200, deadline=None)
def test_a_damaged_header_is_refused(rest: bytes, count: int) -> None:
    blob = struct.pack(">II", count, 100) + rest
    try:
        package = rpm.parse(lambda size: blob[:size])
    except (ValueError, struct.error):
        return
    assert package is None or package.version


def test_a_tree_that_grows_into_itself_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "rpmdb.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA page_size = 512")
        connection.execute("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB)")
        connection.executemany("INSERT INTO Packages (blob) VALUES (?)", [(blob,) for blob in blobs([100] * 50)])
    connection.close()
    data = bytearray(path.read_bytes())
    root = 512
    assert data[root] == 5, "the table's root is an interior page"
    data[root + 8 : root + 12] = struct.pack(">I", 2)
    path.write_bytes(data)
    with pytest.raises(rpmdb.Damaged, match="grows into itself"):
        list(rpmdb.sqlite(View(), str(path)))
