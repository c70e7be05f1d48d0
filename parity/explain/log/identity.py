"""When two failures are the same: numbers, addresses and identifiers in what they say are left out."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence

from parity.explain.model import Frame, Raised

_VARIES = re.compile(r"0x[0-9a-fA-F]+|\b[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}\b|\b(?=[a-fA-F]{0,12}\d)[0-9a-fA-F]{6,}\b|\d+")
_NOT_OWN = re.compile(r"/(?:site|dist)-packages/|/lib(?:64)?/(?:python|pypy)[\d.]+t?/|\A<|\.pyx\Z|\.pxd\Z|\A[^/]*\.so")


def alike(message: str) -> str:
    """The first line of a message without what varies from one time to the next."""
    return _VARIES.sub("#", message.partition("\n")[0][:500])


def own(frame: Frame) -> bool:
    """Whether a frame is of the program's own code, as far as its path tells."""
    return not _NOT_OWN.search(frame.file)


def of_chain(chain: Sequence[Raised]) -> Hashable:
    """The same for exceptions of the same types, out of the same own functions, that say the same."""
    return tuple((raised.type, alike(raised.message), _innermost(raised)) for raised in chain)


def _innermost(raised: Raised) -> str:
    frame = next((frame for frame in reversed(raised.frames) if own(frame)), None)
    return f"{frame.file}:{frame.function}" if frame else ""
