"""GitHub Actions: a job that gates pull requests, and one that snapshots production after a deploy."""

from __future__ import annotations

SUMMARY = "a workflow of GitHub Actions"
PLACE = ".github/workflows/parity.yml"
NEXT = "put the snapshot's steps behind your own deploy; the gate needs profiles/production.json in the repository"
