"""Real git repositories to look at."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ENVIRON = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "LC_ALL": "C",
}


def git(directory: Path, *words: str) -> str:
    """What git prints, run in a directory."""
    done = subprocess.run(
        ["git", "-C", str(directory), *words], env=ENVIRON, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def write(root: Path, files: dict[str, str]) -> None:
    """Files below a directory, by their path."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def committed(root: Path, files: dict[str, str], branch: str = "main") -> str:
    """A new repository with these files in its first commit; the commit."""
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "--quiet", f"--initial-branch={branch}")
    write(root, files)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "First")
    return git(root, "rev-parse", "HEAD")
