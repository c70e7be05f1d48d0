"""Which of the program's own files an explanation looks into."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from parity.declared.texts import LARGEST, MOST, texts


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    (root / "shop" / "data").mkdir(parents=True)
    (root / "shop" / "__init__.py").write_text("")
    (root / "shop" / "mail.py").write_text("from shop.config import URL\nfrom . import names\nimport os, flask\n")
    (root / "shop" / "config.py").write_text("import deep\n")
    (root / "shop" / "names.py").write_text("")
    (root / "deep.py").write_text("import deeper\n")
    (root / "deeper.py").write_text("")
    (root / "flask.txt").write_text("")
    (tmp_path / "secret.py").write_text("secret")
    return root


def test_the_file_of_a_frame_is_the_longest_end_of_its_path(repository: Path) -> None:
    (repository / "mail.py").write_text("other")
    assert list(texts(repository, ["/srv/app/shop/names.py"])) == ["shop/names.py"]
    assert list(texts(repository, ["/srv/mail.py"])) == ["mail.py"]
    assert list(texts(repository, ["./shop/names.py", "shop/names.py"])) == ["shop/names.py"]


def test_what_it_imports_of_the_program_s_own_is_read_two_steps_deep(repository: Path) -> None:
    found = texts(repository, ["/app/shop/mail.py"])
    assert list(found) == ["shop/mail.py", "shop/config.py", "shop/__init__.py", "shop/names.py", "deep.py"]


def test_files_are_named_too(repository: Path) -> None:
    assert list(texts(repository, [], ["deeper.py", "none.py"])) == ["deeper.py"]


@pytest.mark.parametrize(
    "printed",
    [
        "/usr/lib/python3.12/site-packages/shop/names.py",
        "/usr/lib/python3.12/deeper.py",
        "<frozen deeper>",
        "<string>",
        "/app/flask.txt",
        "/app/.env",
        "../secret.py",
        "/app/../secret.py",
        "",
        "/app/no\0name.py",
    ],
)
def test_what_is_no_file_of_the_program_is_not_read(repository: Path, printed: str) -> None:
    (repository / ".env").write_text("SECRET=1")
    assert texts(repository, [printed], [printed]) == {}


def test_links_do_not_lead_out_and_nothing_is_waited_for(repository: Path) -> None:
    (repository / "link.py").symlink_to(repository.parent / "secret.py")
    (repository / "up").symlink_to(repository.parent)
    os.mkfifo(repository / "fifo.py")
    (repository / "large.py").write_text("#" * (LARGEST + 1))
    names = ["link.py", "up/secret.py", "fifo.py", "large.py", "shop"]
    assert texts(repository, [f"/app/{name}" for name in names], names) == {}


def test_it_is_bounded(repository: Path) -> None:
    names = [f"m{number}.py" for number in range(MOST + 9)]
    for name in names:
        (repository / name).write_text("import deep\n")
    assert list(texts(repository, names)) == names[:MOST]
    (repository / "broken.py").write_text("import (\n")
    assert list(texts(repository, ["broken.py"])) == ["broken.py"]
