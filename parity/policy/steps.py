"""What to do about a finding, in one sentence: the next step, not the whole cure. Pure."""

from __future__ import annotations

from parity.policy.model import Finding

_BY_SECTION = {
    "packages": "install in production what the lock says, or lock what production has and test with it",
    "environment": "set it where production's variables are set, or take what reads it out",
    "python": "run both on one release of Python: the base image and .python-version say which",
    "platform": "build for production's platform, or deploy on the one that was tested",
    "libraries": "install the system package that holds the library in production's image",
    "system_packages": "name it in production's image where the program needs it",
    "volumes": "give the path to the user that the process runs as, or mount it as local has it",
    "process": "start production's process as the one that was tested: its user, home and working directory",
    "database": "test against a server like production's, or bring production's to what was tested",
}
_BY_ID = {
    "database.extension-missing": "have an administrator run CREATE EXTENSION there, or do without it",
    "database.minor": "update the older server when it suits: bug fixes alone",
    "database.replica": "point the variable that holds the DSN to the primary",
    "environment.behaviour": "set it on both sides, or on neither",
    "environment.extra": "set it locally, too, where the program reads it",
    "environment.near-miss": "correct the spelling where production's variables are set",
    "environment.surroundings": "leave it: no program sets it for itself",
    "environment.undeclared": "declare it where the project declares its variables, and set it",
    "environment.unread": "take it out of the file that declares it, or read it",
    "packages.extra": "leave it, or take it out of production's image",
    "packages.installer": "leave it: a program that runs imports none of these",
    "packages.not-locked": "install from the lock, and nothing beside it",
    "packages.requirement": "let the resolver choose: install what the requirement allows, with its dependencies",
    "packages.revision": "install both from one commit, or from one release",
    "packages.shadows": "keep one of the packages that provide the name",
    "packages.unpinned": "pin it: write a lock and install from it",
    "platform.libc-older": "build in an image as old as production's, or deploy on a newer one",
    "process.home": "give the user a home that it can write, or set HOME to one",
    "python.flag": "start both with the same flags and PYTHON* variables",
    "python.module-missing": "install what replaces it where a release removed it, else take a build that has it",
    "volumes.extra": "leave it, or mount it locally where the program writes there",
}


def step(one: Finding) -> str:
    """The next step, without its full stop."""
    if one.standing == "adopted":
        return "nothing now: it was there when the baseline was made"
    if one.standing == "waived":
        return "nothing until the waiver is over"
    if one.standing == "expected":
        return "nothing: it is meant to be so"
    return step_for(one.id)


def step_for(rule: str) -> str:
    """The next step about any finding of a rule."""
    found = _BY_ID.get(rule) or _BY_SECTION.get(rule.partition(".")[0])
    return found or f"see whether the program depends on it: parity rules {rule}"
