"""Archives as they come: over a connection, and from a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from parity.archive.stream import File, Pipe
from tests.archive.tars import pipe

Sources = Callable[[bytes], tuple[Pipe, File]]


@pytest.fixture
def sources(tmp_path: Path) -> Iterator[Sources]:
    """sources(data) -> the same bytes, as a connection and as a file bring them."""
    with ExitStack() as stack:

        def make(data: bytes) -> tuple[Pipe, File]:
            path = tmp_path / "archive.tar"
            path.write_bytes(data)
            return pipe(data), File(stack.enter_context(path.open("rb")).fileno())

        yield make
