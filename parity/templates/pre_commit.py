"""pre-commit: what the repository declares against the committed profile of production, without a network."""

from __future__ import annotations

SUMMARY = "a hook of pre-commit"
PLACE = ".pre-commit-config.yaml"
NEXT = "run pre-commit install"
