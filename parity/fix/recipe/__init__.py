"""Production's environment as files that bring it up elsewhere: from one profile alone, and with no value in them.

    recipe(profile)  -> Recipe

requirements  what pip installs, each distribution at its version
image         the Dockerfile, and the system's packages
services      the compose file: limits, mounts, and the database beside it
page          the README: what is here, and what is not as in production
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parity.fix.model import File
from parity.fix.recipe import image, page, requirements, services
from parity.fix.recipe.facts import Facts
from parity.profile.model import Profile


@dataclass(frozen=True, slots=True)
class Recipe:
    """The files, and what they could not bring: a clause each."""

    files: tuple[File, ...]
    missing: tuple[str, ...]


def recipe(profile: Profile) -> Recipe:
    """Everything for one profile."""
    facts = Facts(profile)
    locked = requirements.locked(facts)
    system = image.system_packages(facts)
    missing = tuple(
        dict.fromkeys([*_unlooked(facts), *locked.missing, *image.missing(facts), *services.missing(facts)])
    )
    sql = services.statements(facts)
    files = [
        File("Dockerfile", image.dockerfile(facts, system), "the image"),
        File("compose.yaml", services.compose(facts), "the program's container, and the database beside it"),
        File("constraints.txt", locked.text, "every distribution at production's version"),
        File(
            ".env.example", services.example(facts), "the names of production's variables: copy it to .env, fill it in"
        ),
        File("README.md", page.readme(facts, missing), "how to start it, and what is not as in production"),
    ]
    if system:
        files.insert(3, File("system-packages.txt", system, "the system's packages, name and version"))
    if sql:
        files.insert(3, File("database.sql", sql, "the database's extensions and schemas"))
    return Recipe(tuple(files), missing)


def _unlooked(facts: Facts) -> Iterator[str]:
    for name in ("python", "packages", "platform", "environment", "process", "system_packages", "volumes", "database"):
        section = facts.section(name)
        if section is None or not section.status.looked:
            why = section.reason if section is not None else None
            yield f"{name}: not in the profile" + (f" ({why})" if why else "")
