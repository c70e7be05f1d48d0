"""Lines of one stream that belong to one traceback, gathered as they come."""

from __future__ import annotations

from dataclasses import dataclass, field

from parity.explain.log import forms
from parity.explain.log.access import access
from parity.explain.log.record import record
from parity.explain.log.traceback import Numbered

HEAD, TAIL = 1_000, 2_000
"""Lines that are kept of one traceback: its first and its last."""

_SAID = 60
"""Lines that one exception's message may have."""

_STRANGERS = 60
"""Lines of others that may stand among a traceback's before it is taken for cut off."""


def opens(text: str) -> bool:
    """Whether a line begins a traceback, or shows that its beginning was cut off."""
    return forms.OPENS in text or forms.is_frame(text)


@dataclass(slots=True)
class Block:
    """One traceback while its lines come in."""

    lines: list[Numbered] = field(default_factory=list)
    last: list[Numbered] = field(default_factory=list)
    ended: bool = False
    """Its exception's own line was seen: what follows is the message, or the next of the chain."""
    _blank: int = 0
    _said: int = 0
    _strangers: int = 0
    _grouped: bool = False
    _boxed: bool = False
    _chained: bool = False

    def add(self, number: int, text: str) -> None:
        """Take a line in."""
        if len(self.lines) < HEAD:
            self.lines.append((number, text))
        else:
            self.last.append((number, text))
            if len(self.last) > 2 * TAIL:
                del self.last[:TAIL]
        if forms.OPENS in text:
            self.ended = False
            self._grouped = self._grouped or forms.GROUP_OPENS in text
            self._boxed = forms.BOX_OPENS.match(text) is not None

    @property
    def all(self) -> list[Numbered]:
        """Its lines, a long middle left out."""
        return [*self.lines, *self.last[-TAIL:]]

    def takes(self, number: int, text: str) -> bool | None:
        """Whether the stream's next line belongs to it: True and it is added, None for a stranger's among its own, or
        False and it is over.
        """
        if not self.ended and not self._grouped and len(self.lines) < HEAD and text.startswith(("    ", '  File "')):
            self.lines.append((number, text))
            return True
        verdict = self._verdict(text)
        if verdict:
            self.add(number, text)
        return verdict

    def _verdict(self, text: str) -> bool | None:
        if self._grouped and (found := forms.MARGIN.match(text)) and (found[2] == "|" or found[3].startswith("-")):
            self.ended = self.ended or not found[1].strip(" ")
            return True
        if forms.phrase(text):
            self._chained, self.ended, self._blank = True, True, 0
            return True
        if forms.OPENS in text:
            belongs, self._chained = self._chained, False
            return belongs
        if not text.strip():
            self._blank += 1
            return self._blank <= 3
        return self._message(text) if self.ended else self._frames(text)

    def _frames(self, text: str) -> bool | None:
        self._blank = 0
        if text[0] in " \t│|❱" or text.startswith("> File ") or (self._boxed and text[0] in "╰└+"):
            return True
        found = forms.EXCEPTION.match(text)
        if found and record(text) is None:
            self.ended, self._said = True, 1
            return True
        self._strangers += 1
        return None if self._strangers <= _STRANGERS else False

    def _message(self, text: str) -> bool:
        self._said += 1
        if (
            self._said > _SAID
            or text.startswith((forms.OF_LOGGING, "{"))
            or record(text) is not None
            or access(text) is not None
        ):
            return False
        # What follows an empty line is the message's only where that has several lines already.
        goes_on = not self._blank or self._said > 2 or text[0] in " \t"
        self._blank = 0
        return goes_on
