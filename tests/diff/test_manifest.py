"""Two manifests of source, made comparable."""

from __future__ import annotations

from typing import Any

from parity.diff import compare
from parity.diff.manifest import aligned
from parity.probe.source import manifest
from tests.diff.profiles import profile, section


def code(number: int) -> dict[str, Any]:
    return {"digest": f"{number:016x}", "size": number}


def files(*names: str) -> dict[str, Any]:
    return {name: code(number) for number, name in enumerate(names, 1)}


def kinds(local: dict[str, Any], production: dict[str, Any], hidden: tuple[str, ...] = ()) -> dict[str, str]:
    """{key: kind} of the differences; `hidden` of local."""
    left, right = profile({"source": section(local, hidden)}), profile({"source": section(production)})
    return {one.key: one.kind.value for one in compare(left, right).differences}


def test_a_side_with_many_files_is_compared_by_directories() -> None:
    many = files("main.py", "shop/a.py", "shop/b.py", "tests/test_a.py")
    assert kinds(many, dict(manifest.directories(many))) == {}
    assert kinds({**many, "shop/c.py": code(9)}, dict(manifest.directories(many))) == {"shop/": "changed"}


def test_a_package_beside_a_module_is_told_of_by_itself_among_directories() -> None:
    ours = files("shop/models.py", "shop/a.py")
    theirs = files("shop/models.py", "shop/a.py", "shop/models/__init__.py")
    folded = {**manifest.directories(theirs), "shop/models/__init__.py": theirs["shop/models/__init__.py"]}
    assert kinds(ours, folded) == {"shop/models/": "extra", "shop/models/__init__.py": "extra"}


def test_a_directory_of_the_repository_that_was_deployed_is_what_is_compared() -> None:
    ours = files("backend/main.py", "backend/shop/a.py", "backend/shop/b.py", "web/index.js", "README.md")
    theirs = files("main.py", "shop/a.py")
    assert kinds(ours, theirs) == {"shop/b.py": "missing"}
    assert kinds(theirs, ours) == {"shop/b.py": "extra"}


def test_files_that_are_called_alike_make_no_directory() -> None:
    ours = files("main.py", "a/__init__.py", "b/__init__.py", "b/x.py", "b/y.py")
    theirs = files("main.py", "__init__.py")
    assert kinds(ours, theirs).get("main.py") is None


def test_what_could_not_be_seen_follows_its_directory() -> None:
    ours = files("backend/main.py", "backend/shop/a.py", "backend/shop/b.py")
    theirs = files("main.py", "shop/a.py", "shop/b.py", "shop/c.py")
    assert kinds(ours, theirs, hidden=("backend/shop/c.py",)) == {"shop/c.py": "unknown"}


def test_bytecode_and_the_state_of_a_checkout_on_one_side_are_no_difference() -> None:
    main = files("main.py")
    chance = {"__pycache__/main.cpython-311.pyc": {"bytecode": "loaded", "digest": "aa"}, "commit": "c0", "dirty": True}
    assert kinds({**main, **chance}, main) == {}
    stale = {"__pycache__/main.cpython-311.pyc": {"bytecode": "outdated", "digest": "aa"}}
    assert kinds(main, {**main, **stale}) == {"__pycache__/main.cpython-311.pyc": "extra"}


def test_a_side_without_a_manifest_stays_as_it_is() -> None:
    one, none = section(files("main.py")), section({})
    assert aligned(one, none) == (one, none)


def test_what_is_no_code_is_told_by_its_size_and_prose_not_at_all() -> None:
    ours = {**files("main.py"), "models/a.bin": {"size": 7}, "mail/receipt.txt": {"size": 3}, "README.md": {"size": 9}}
    theirs = {**files("main.py"), "models/a.bin": {"size": 8}}
    assert kinds(ours, theirs) == {"mail/receipt.txt": "missing", "models/a.bin": "changed"}
    assert kinds(ours, ours) == {}
