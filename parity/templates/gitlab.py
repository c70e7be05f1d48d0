"""GitLab CI: a job that gates merge requests, and one that snapshots production after a deploy."""

from __future__ import annotations

SUMMARY = "jobs of GitLab CI"
PLACE = ".gitlab/parity.gitlab-ci.yml"
NEXT = "include it in .gitlab-ci.yml: include: {local: .gitlab/parity.gitlab-ci.yml}"
