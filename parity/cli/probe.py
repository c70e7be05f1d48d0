"""parity probe"""

from __future__ import annotations

ORDER = 50
EXAMPLES = (
    "parity probe | less",
    "parity probe | ssh web python3 - > production.json",
)


def run() -> int:
    """Print the script that runs in a target, byte for byte.

    It reads, writes nothing, and prints a profile that every command takes.
    """
    from parity import bundle, output

    output.write("-", bundle.script(), disarm=output.as_it_is)
    return 0
