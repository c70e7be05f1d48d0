"""A list of processors, as the kernel writes it: `0-3,8`. Format: cpuset(7), "List format".

Floor: Python 3.8, standard library only.
"""


def count(text):
    """How many it names; 0 for what is no such list."""
    total = 0
    for part in text.strip().split(","):
        first, _, last = part.partition("-")
        if not (first.isdigit() and (last or first).isdigit()):
            return 0
        total += int(last or first) - int(first) + 1
    return total
