"""GitHub Actions: a job that gates pull requests, and with a target one that snapshots production after a deploy."""

from __future__ import annotations

SUMMARY = "a workflow of GitHub Actions"
PLACE = ".github/workflows/parity.yml"
NEXT = "the gate needs production's profile in the repository; --target adds a job that takes it after a deploy"
