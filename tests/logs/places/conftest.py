"""The cluster of the targets' tests."""

from __future__ import annotations

from tests.targets.conftest import cluster

__all__ = ["cluster"]
