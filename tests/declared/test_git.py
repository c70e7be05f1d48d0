"""What git says of a directory, and what a repository's configuration cannot have it do."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from parity.declared import git
from parity.declared.facts import Checkout
from tests.declared.checkouts import ENVIRON, committed, write
from tests.declared.checkouts import git as run
from tests.services import missing

FILES = {"shop/app.py": "import os\n", "shop/__init__.py": "", ".gitignore": "*.log\nlocal_settings.py\nbuild/\n"}


def look(root: Path, **also: str) -> Checkout:
    found = git.read(root, {**ENVIRON, **also})
    assert found is not None
    return found


def test_no_working_tree_around_it_is_none(tmp_path: Path) -> None:
    assert git.read(tmp_path) is None


def test_a_clean_one(tmp_path: Path) -> None:
    commit = committed(tmp_path, FILES, branch="release/1.2")
    found = look(tmp_path)
    assert found == Checkout(commit, "release/1.2")
    assert found.clean


def test_what_departs_from_the_commit(tmp_path: Path) -> None:
    committed(tmp_path, {**FILES, "gone.py": "", "with space.py": "", "caf\xe9.py": ""})
    write(tmp_path, {"shop/app.py": "import sys\n", "shop/new.py": "", "shop/deeper/new.py": "", "x.log": ""})
    write(tmp_path, {"shop/local_settings.py": "", "build/a.py": "", "with space.py": "x", "caf\xe9.py": "x"})
    (tmp_path / "gone.py").unlink()
    found = look(tmp_path)
    assert found.modified == ("caf\xe9.py", "gone.py", "shop/app.py", "with space.py")
    assert found.untracked == ("shop/deeper/new.py", "shop/new.py")
    assert set(found.ignored) == {"build/", "shop/local_settings.py", "x.log"}
    assert not found.clean


def test_a_staged_rename_and_a_conflict(tmp_path: Path) -> None:
    committed(tmp_path, {"a.py": "1\n", "b.py": "long enough to be seen as the same\n"})
    run(tmp_path, "mv", "b.py", "c.py")
    assert look(tmp_path).modified == ("b.py", "c.py")
    run(tmp_path, "commit", "--quiet", "--message", "Second")
    run(tmp_path, "checkout", "--quiet", "-b", "other")
    write(tmp_path, {"a.py": "2\n"})
    run(tmp_path, "commit", "--quiet", "--all", "--message", "Third")
    run(tmp_path, "checkout", "--quiet", "main")
    write(tmp_path, {"a.py": "3\n"})
    run(tmp_path, "commit", "--quiet", "--all", "--message", "Fourth")
    with pytest.raises(AssertionError):
        run(tmp_path, "merge", "other")
    assert look(tmp_path).modified == ("a.py",)


def test_before_the_first_commit_and_on_a_detached_head(tmp_path: Path) -> None:
    run(tmp_path, "init", "--quiet", "--initial-branch=main")
    write(tmp_path, {"a.py": ""})
    assert look(tmp_path) == Checkout(None, "main", untracked=("a.py",))
    run(tmp_path, "add", "--all")
    run(tmp_path, "commit", "--quiet", "--message", "First")
    commit = run(tmp_path, "rev-parse", "HEAD")
    run(tmp_path, "checkout", "--quiet", commit)
    assert look(tmp_path) == Checkout(commit)


def test_a_part_of_a_repository_is_told_of_alone(tmp_path: Path) -> None:
    commit = committed(tmp_path, {"services/web/app.py": "", "services/job/job.py": "", ".gitignore": "*.log\n"})
    write(tmp_path, {"services/web/new.py": "", "services/job/new.py": "", "services/web/x.log": "", "top.py": ""})
    found = look(tmp_path / "services" / "web")
    assert found == Checkout(commit, "main", untracked=("new.py",), ignored=("x.log",))


def test_a_linked_working_tree(tmp_path: Path) -> None:
    commit = committed(tmp_path / "main", {"a.py": ""})
    run(tmp_path / "main", "worktree", "add", "--quiet", "-b", "fix", str(tmp_path / "linked"))
    assert look(tmp_path / "linked") == Checkout(commit, "fix")


def test_variables_that_name_another_repository_change_nothing(tmp_path: Path) -> None:
    commit = committed(tmp_path / "one", {"a.py": ""})
    committed(tmp_path / "other", {"b.py": ""})
    other = str(tmp_path / "other")
    found = look(tmp_path / "one", GIT_DIR=f"{other}/.git", GIT_WORK_TREE=other, GIT_INDEX_FILE=f"{other}/.git/index")
    assert found == Checkout(commit, "main")


def test_nothing_is_written(tmp_path: Path) -> None:
    committed(tmp_path, FILES)
    # An index whose times are old is one that git would like to refresh.
    os.utime(tmp_path / "shop/app.py", (1, 1))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    look(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


HOSTILE = {
    "fsmonitor": "[core]\n\tfsmonitor = {trap}\n",
    "old hook of the monitor": "[core]\n\tfsmonitor = {trap}\n\tuntrackedCache = true\n[feature]\n\tmanyFiles = true\n",
    "hooks": "[core]\n\thooksPath = {hooks}\n",
    "filter": '[filter "x"]\n\tclean = {trap}\n\tsmudge = {trap}\n\trequired = true\n',
    "filter process": '[filter "x"]\n\tprocess = {trap}\n\trequired = true\n',
    "filter of an included file": "[include]\n\tpath = {included}\n",
    "diff and its kin": '[diff]\n\texternal = {trap}\n[diff "x"]\n\tcommand = {trap}\n\ttextconv = {trap}\n',
    "ssh": "[core]\n\tsshCommand = {trap}\n\tgitProxy = {trap}\n\taskPass = {trap}\n",
    "what shows text": "[core]\n\tpager = {trap}\n\teditor = {trap}\n",
    "alias": "[alias]\n\tstatus = !{trap}\n\tconfig = !{trap}\n",
    "helpers": "[credential]\n\thelper = !{trap}\n[gpg]\n\tprogram = {trap}\n[log]\n\tshowSignature = true\n",
    "summary of submodules": "[status]\n\tsubmoduleSummary = true\n[submodule]\n\trecurse = true\n",
    "working tree elsewhere": "[core]\n\tworktree = {elsewhere}\n",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_the_configuration_names_is_not_started(tmp_path: Path, kind: str) -> None:
    root, traces = tmp_path / "root", tmp_path / "traces"
    commit = committed(root, {"a.py": "1\n", "b.txt": "1\n", ".gitattributes": "* filter=x diff=x\n"})
    traces.mkdir()
    trap = _trap(tmp_path / "trap", traces)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for hook in ("post-index-change", "fsmonitor-watchman", "pre-auto-gc", "reference-transaction"):
        shutil.copy(trap, hooks / hook)
        shutil.copy(trap, root / ".git" / "hooks" / hook)
    included = tmp_path / "included"
    included.write_text(HOSTILE["filter"].format(trap=trap))
    elsewhere = tmp_path / "elsewhere"
    write(elsewhere, {"secret.txt": "x"})
    words = HOSTILE[kind].format(trap=trap, hooks=hooks, included=included, elsewhere=elsewhere)
    with (root / ".git" / "config").open("a") as file:
        file.write(words)
    # A file whose size is another is modified, one whose time alone is another is read through its filters.
    write(root, {"a.py": "22\n"})
    os.utime(root / "b.txt", (1, 1))
    assert look(root) == Checkout(commit, "main", modified=("a.py",))
    assert list(traces.iterdir()) == []


def test_the_trap_leaves_a_trace_when_git_is_asked_carelessly(tmp_path: Path) -> None:
    committed(tmp_path / "root", {"a.py": "1\n", ".gitattributes": "* filter=x\n"})
    (tmp_path / "traces").mkdir()
    trap = _trap(tmp_path / "trap", tmp_path / "traces")
    with (tmp_path / "root/.git/config").open("a") as file:
        file.write(HOSTILE["filter"].format(trap=trap))
    os.utime(tmp_path / "root/a.py", (1, 1))
    run(tmp_path / "root", "status")
    assert list((tmp_path / "traces").iterdir())


def test_a_filter_that_cannot_be_switched_off_is_reason_not_to_ask(tmp_path: Path) -> None:
    committed(tmp_path, {"a.py": "1\n", ".gitattributes": "* filter=a=b\n"})
    with (tmp_path / ".git" / "config").open("a") as file:
        file.write('[filter "a=b"]\n\tclean = false\n')
    os.utime(tmp_path / "a.py", (1, 1))
    assert look(tmp_path) == Checkout(None, refused="its configuration names a filter that cannot be switched off")


def test_a_submodule_is_not_looked_into(tmp_path: Path) -> None:
    (tmp_path / "traces").mkdir()
    trap = _trap(tmp_path / "trap", tmp_path / "traces")
    committed(tmp_path / "inner", {"a.py": "1\n", ".gitattributes": "* filter=x\n"})
    committed(tmp_path / "outer", {"b.py": ""})
    allowed = ("-c", "protocol.file.allow=always")
    run(tmp_path / "outer", *allowed, "submodule", "--quiet", "add", str(tmp_path / "inner"), "inner")
    run(tmp_path / "outer", "commit", "--quiet", "--message", "Second")
    with (tmp_path / "outer/.git/modules/inner/config").open("a") as file:
        file.write(HOSTILE["filter"].format(trap=trap) + f"[core]\n\tfsmonitor = {trap}\n")
    write(tmp_path / "outer/inner", {"a.py": "22\n"})
    assert look(tmp_path / "outer").clean
    assert list((tmp_path / "traces").iterdir()) == []


def test_a_git_that_the_repository_brings_along_is_not_run(tmp_path: Path) -> None:
    commit = committed(tmp_path / "root", {"a.py": ""})
    (tmp_path / "traces").mkdir()
    trap = _trap(tmp_path / "root" / "bin" / "git", tmp_path / "traces")
    run(tmp_path / "root", "add", "--all")
    run(tmp_path / "root", "commit", "--quiet", "--message", "Second")
    commit = run(tmp_path / "root", "rev-parse", "HEAD")
    found = look(tmp_path / "root", PATH=f"{trap.parent}:.:bin::{ENVIRON['PATH']}")
    assert found == Checkout(commit, "main")
    assert list((tmp_path / "traces").iterdir()) == []


def test_without_git_it_says_so(tmp_path: Path) -> None:
    committed(tmp_path, {"a.py": ""})
    assert look(tmp_path, PATH=str(tmp_path)) == Checkout(None, refused="git is not installed")


def test_a_broken_repository_is_told(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert look(tmp_path) == Checkout(None, refused="git could not read it")
    assert not look(tmp_path).clean


@pytest.fixture
def as_root() -> None:
    if os.geteuid() != 0:
        missing("only root can give a directory to another user")


@pytest.mark.usefixtures("as_root")
def test_one_that_another_user_owns_is_refused(tmp_path: Path) -> None:
    committed(tmp_path, {"a.py": ""})
    for path in (tmp_path, *tmp_path.rglob("*")):
        os.chown(path, 12345, 12345, follow_symlinks=False)
    found = look(tmp_path)
    assert found.commit is None
    assert found.refused is not None
    assert "safe.directory" in found.refused


def _trap(path: Path, traces: Path) -> Path:
    """A program that leaves a trace, and passes on what it is given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\ntouch {traces}/$$\ncat\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path
