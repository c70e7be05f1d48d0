"""Which lines of a log are worth a look: nearly all of a long one are not, and cost no more than this."""

from __future__ import annotations

NEEDLES = tuple(
    sorted(
        {
            *(
                b"error",
                b" err:",
                b" err=",
                b"fail",
                b"warn",
                b"exce",
                b"traceb",
                b"critic",
                b"fatal",
                b"panic",
                b"kill",
                b"abort",
            ),
            *(
                b"unable",
                b"missing",
                b"no such",
                b"no module",
                b"unknown",
                b"invalid",
                b"denied",
                b"refuse",
                b"timeout",
            ),
            *(
                b"timed out",
                b" fault",
                b"segf",
                b"deprec",
                b"fallback",
                b"falling",
                b"defaulting",
                b"disabled",
                b"ignor",
                b"skip",
            ),
            *(
                b"unsupp",
                b"unavail",
                b"exit",
                b"oom-",
                b"oomk",
                b"out of",
                b"sigk",
                b"sigs",
                b"siga",
                b"sigi",
                b"sigb",
                b"unbound",
            ),
            *(
                b"undefined",
                b"requir",
                b"illegal",
                b"too many",
                b"read-only",
                b"no space",
                b"in use",
                b"exhaust",
                b"quota",
            ),
            *(
                b"retry",
                b"reset by",
                b"unreach",
                b'file "',
                b'file \\"',
                b" ended",
                b"hint:",
                b"detail:",
                b"usage:",
                b"not found",
            ),
            *(
                b"not set",
                b"not be",
                b"not inst",
                b"not supp",
                b"not avail",
                b"cannot",
                b"could not",
                b"can't",
                b"couldn't",
            ),
            *(
                b"expired",
                b"incompat",
                b"mismatch",
                b" http/",
                b'"status',
                b"status=",
                b"interrupt",
                b"dumped",
                b"bad_alloc",
            ),
            *(b"without", b"crash", b"no version", b"not match", b"trap ", b"statement:"),
        }
    )
)


def worth(line: bytes) -> bool:
    """Whether a line may tell of trouble, or of an answer to a request."""
    return any(map(line.lower().__contains__, NEEDLES))
