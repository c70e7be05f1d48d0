"""The profile: one environment at one time, as frozen values.

model      Profile, Section, Status: what everything right of I/O works on
document   profile <-> plain JSON data, and the integrity digest
load       bytes -> Profile, strictly: size, depth, duplicates, types, digest
save       Profile -> file, atomically, mode 0600
schema     schema.json, the published format
"""

from parity.profile.model import Profile, Section, Status

__all__ = ["Profile", "Section", "Status"]
