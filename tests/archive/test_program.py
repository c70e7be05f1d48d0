"""What an image starts, told from its settings and its files."""

from __future__ import annotations

from typing import Any

import pytest

from parity.archive import program
from parity.archive.layers import Indexer
from parity.archive.reading import prepare
from parity.archive.reduce import Keeper
from parity.archive.view import TarView
from parity.probe.kit import Absent
from parity.snapshot.request import Request
from tests.archive.tars import LATER, directory, file, layer, link, pipe

PASSWD = "root:x:0:0::/root:/bin/sh\napp:x:1000:1001::/home/app:/bin/sh\nodd:x:70000000000:1::/:/x\n"
LONG = "#!/bin/sh\n'''exec' \"/srv/a long path/bin/python3\" \"$0\" \"$@\"\n' '''\nimport app\n"

FILES = layer(
    file("etc/passwd", PASSWD),
    file("etc/group", "root:x:0:\nstaff:x:50:\n"),
    file("usr/bin/python3.11", "\x7fELF", mode=0o755),
    link("usr/bin/python3", "python3.11"),
    file("bin/sh", "\x7fELF", mode=0o755),
    file("bin/tini", "\x7fELF", mode=0o755),
    directory("venv/bin"),
    link("venv/bin/python", "/usr/bin/python3"),
    file("venv/bin/gunicorn", "#!/venv/bin/python\nimport sys\n", mode=0o755),
    file("venv/bin/flask", "#!/usr/bin/env -S python -I\n", mode=0o755),
    file("venv/bin/lost", "#!/none/bin/python\n", mode=0o755),
    file("venv/bin/shell", "#!/bin/sh\nexec python server.py\n", mode=0o755),
    file("venv/bin/binary", b"#!\xff\xfe\0" * 100, mode=0o755),
    file("srv/a long path/bin/python3", "\x7fELF", mode=0o755),
    file("srv/long", LONG, mode=0o755),
    file("app/manage.py", "#!/usr/bin/env python3\n", mode=0o755),
    file("app/server.py", "import app\n"),
)


def looked(settings: dict[str, Any], data: bytes = FILES, **request: Any) -> tuple[TarView, str | None]:
    indexer = Indexer(Keeper(), LATER)
    source = pipe(data)
    view = TarView(indexer.merged([indexer.layer(source, None, b"", whiteouts=True)]), source, LATER)
    return view, prepare(view, program.process(view, settings, "image"), indexer, Request(**request))


PATH = ["PATH=/venv/bin:/usr/bin:/bin"]


@pytest.mark.parametrize(
    ("entrypoint", "command", "argv"),
    [
        (None, ["python", "/app/server.py"], ["/venv/bin/python", "/app/server.py"]),
        (["python3"], ["-m", "http.server"], ["/usr/bin/python3", "-m", "http.server"]),
        (None, ["/venv/bin/python", "-O", "x.py"], ["/venv/bin/python", "-O", "x.py"]),
        (None, ["gunicorn", "app:app"], ["/venv/bin/python", "/venv/bin/gunicorn", "app:app"]),
        (None, ["flask", "run"], ["/venv/bin/python", "/venv/bin/flask", "run"]),
        (None, ["./manage.py", "run"], ["/usr/bin/python3", "/app/manage.py", "run"]),
        (None, ["/srv/long"], ["/srv/a long path/bin/python3", "/srv/long"]),
        (["tini", "-g", "--"], ["gunicorn", "x"], ["/venv/bin/python", "/venv/bin/gunicorn", "x"]),
        (["/venv/bin/shell"], ["python", "x.py"], ["/venv/bin/python", "x.py"]),
        (["/bin/sh", "-c", "exec A=1 python /app/server.py"], None, ["/venv/bin/python", "/app/server.py"]),
        (["/bin/sh", "-c", "gunicorn 'app:make()'"], None, None),
        (["/bin/sh", "-c", "sleep 5 && python x.py"], None, None),
        (["/bin/sh", "-c", "python 'x"], None, None),
        (["lost"], None, None),
        (["binary"], None, None),
        (["nothing-of-this-name"], None, None),
        (["/app/server.py"], None, None),
        (None, None, None),
        ("not a list", {"nor": "this"}, None),
    ],
)
def test_the_python_that_a_command_line_starts(entrypoint: Any, command: Any, argv: list[str] | None) -> None:
    view, note = looked({"Entrypoint": entrypoint, "Cmd": command, "Env": PATH, "WorkingDir": "/app"})
    if argv is not None:
        assert (view.process.argv, view.executable, note) == (argv, argv[0], None)
    else:
        assert view.executable == "/venv/bin/python"
        assert "the first that was found" in str(note)


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        (PATH, "/venv/bin/python"),
        (["PATH=/usr/bin:/venv/bin"], "/usr/bin/python3"),
        ([], "/venv/bin/python"),
        (["VIRTUAL_ENV=/venv"], "/venv/bin/python"),
        (["VIRTUAL_ENV=/none", "PATH=/venv/bin"], "/venv/bin/python"),
        (["PATH=relative:."], "/venv/bin/python"),
    ],
)
def test_where_nothing_tells_the_first_python_is_taken(env: list[str], expected: str) -> None:
    view, note = looked({"Env": env, "Cmd": ["sleep", "5"]})
    assert view.executable == expected
    assert "the first that was found" in str(note)


def test_a_python_anywhere_is_found_and_none_is_absent() -> None:
    deep = "/".join(f"d{place}" for place in range(12))
    hidden = [file(f"{deep}/bin/python3.12", "x", mode=0o755), file("opt/up/python3", "x", mode=0o755)]
    view, note = looked({}, layer(*hidden, directory("a/python3"), file("b/python3", "no program")))
    assert view.executable == "/opt/up/python3"
    assert "no interpreter is in a usual place" in str(note)
    view, note = looked({}, layer(directory("a/python3"), file("b/python3", "no program")))
    assert (view.executable, note) == (None, None)
    assert isinstance(view.without, Absent)


def test_a_python_that_is_named_is_taken() -> None:
    view, note = looked({"Cmd": ["python3"], "Env": PATH}, python="/venv/bin/python")
    assert (view.executable, note) == ("/venv/bin/python", None)


@pytest.mark.parametrize(
    ("user", "uid", "gid"),
    [
        (None, 0, 0),
        ("", 0, 0),
        ("app", 1000, 1001),
        ("1000", 1000, 1001),
        ("app:staff", 1000, 50),
        ("app:77", 1000, 77),
        ("4242", 4242, 0),
        ("4242:staff", 4242, 50),
        (":staff", 0, 50),
        ("nobody-of-this-name", None, None),
        ("app:no-such-group", None, None),
        ("99999999999", None, None),
        (5, 0, 0),
    ],
)
def test_the_user_is_the_images_own(user: Any, uid: int | None, gid: int | None) -> None:
    view, _ = looked({"User": user})
    assert (view.process.uid, view.process.gid) == (uid, gid)


def test_settings_of_any_shape_are_read() -> None:
    odd = {"Env": [5, None, "A", "B=", "=C"], "Volumes": ["/x"], "WorkingDir": 7, "Cmd": [5, None], "Entrypoint": {}}
    view, _ = looked(odd)
    assert view.process.cwd == "/"
    assert view.process.environ == {"5": "", "None": "", "A": "", "B": "", "": "C"}
    assert program.volumes(odd) == []
    assert program.volumes({"Volumes": {"/data": {}}}) == ["/data"]


def test_shells_in_shells_end() -> None:
    command = ["python", "x.py"]
    for _ in range(4):
        command = ["sh", "-c", " ".join(f"'{word}'" if " " in word else word for word in command)]
    assert looked({"Cmd": command, "Env": PATH})[0].executable is not None
