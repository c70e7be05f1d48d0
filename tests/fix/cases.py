"""Two environments and a repository in few words, as a fix is asked for: {"section.key": item}, {path: text}."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from parity.diff import compare
from parity.fix.answer import chosen, fix
from parity.fix.context import Context
from parity.fix.model import Edit, Fix, Side, Treated
from parity.fix.patch import applied
from parity.fix.repository import Repository
from parity.policy import judge
from parity.policy.model import Sides
from parity.profile.model import Source
from tests.diff.profiles import profile
from tests.explain.cases import sections

DOCKERFILE = """\
# the shop
FROM python:3.12-slim AS build
RUN pip wheel .

FROM python:3.12-slim
COPY --from=build /wheels /wheels
ENV APP_SETTINGS=production
VOLUME /data
USER app
CMD ["python", "-m", "shop"]
"""

COMPOSE = """\
# how the shop runs
services:
  web:
    build: .
    environment:
      # where the queue is
      QUEUE_URL: ${QUEUE_URL}
    volumes:
      - data:/data  # kept
      - ./media:/media:ro
  database:
    image: postgres:17.2
volumes:
  data: {}
"""

MANIFEST = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: web
          image: shop:1
          env:
            # the queue
            - name: QUEUE_URL
              value: x
          resources:
            limits:
              memory: 128Mi  # too little?
"""

DEBIAN = {"platform.distribution": "debian 12", "system_packages.bash": {"manager": "debian", "version": "5.2"}}


def fixed(
    local: Mapping[str, Any],
    production: Mapping[str, Any],
    texts: Mapping[str, str] | None = None,
    *,
    label: str | None = None,
    side: Side | None = None,
    target: tuple[str, str] = ("docker", "web"),
) -> Fix:
    """What `parity fix` has for them: for everything that differs, or for one label."""
    left, right = (profile(sections(items)) for items in (local, production))
    right = replace(right, target=Source(*target))
    comparison = compare(left, right)
    findings = judge(comparison, left, right)
    picked = chosen(findings, comparison.differences, (label,) if label else None, everything=True)
    return fix(picked, Context(Sides(left, right), Repository(texts or {}), side, named=label is not None))


def only(found: Fix) -> Treated:
    """The one difference that there is."""
    assert len(found.treated) == 1, [one.label for one in found.treated]
    return found.treated[0]


def commands(found: Fix) -> list[str]:
    """Every command, in order."""
    return [one.text for each in found.treated for remedy in each.remedies for one in remedy.commands]


def edits(found: Fix) -> list[Edit]:
    """Every edit."""
    return [edit for each in found.treated for remedy in each.remedies for edit in remedy.edits]


def after(found: Fix, path: str, texts: Mapping[str, str]) -> str:
    """A file of the repository with the patch in it."""
    return applied(texts.get(path, ""), [one for one in edits(found) if one.path == path])
