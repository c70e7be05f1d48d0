"""The README beside the files."""

from __future__ import annotations

from collections.abc import Iterable

from parity.fix.recipe.facts import Facts
from parity.text import visible

_TEXT = """\
# {name}, on this machine

What parity read of {name} at {captured_at}, as files that bring it up here. They
hold names and versions, and no value of a variable.

```
cp .env.example .env         # fill it in: the values are yours to know
docker compose up --build --detach
parity diff compose://program PROFILE    # PROFILE: the one that this was made of
```

{database}The program is not in it: mount its source in `compose.yaml`, or copy it in the Dockerfile, and give it its
command in the place of `sleep`. `docker build --build-arg BASE=… .` takes a base image of your own.

## Not as in production

{missing}
"""


def readme(facts: Facts, missing: Iterable[str]) -> str:
    """The page; `missing` are clauses."""
    database = (
        f"PostgreSQL {facts.server} answers as `postgresql://postgres@database/postgres`.\n" if facts.server else ""
    )
    return _TEXT.format(
        name=visible(facts.profile.name),
        captured_at=facts.profile.captured_at,
        database=database,
        missing="\n".join(f"- {one}" for one in missing) or "- Nothing that is known.",
    )
