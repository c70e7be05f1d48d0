"""The profile: one environment at one time, as frozen values.

model       Profile, Section, Status: what everything right of I/O works on
item        one item of a section: a value or an object of fields
freeze      plain JSON data -> frozen values, every rule of a section's shape
document    profile <-> plain JSON data and text, and the integrity digest
strict      bytes -> plain JSON data: depth, duplicates, numbers
load        file -> Profile
anonymize   Profile -> Profile without the names of people and places
foreign     what a file is, when it is no profile
schema      schema.json, the published format
"""

from parity.profile.model import Profile, Section, Status

__all__ = ["Profile", "Section", "Status"]
