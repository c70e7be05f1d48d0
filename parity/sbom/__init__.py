"""Software bills of materials: what they tell of packages, made into sections of a profile.

purl       a package URL, taken apart by its specification
document   CycloneDX or SPDX as JSON -> a Bom: its package URLs, and who made it when
sections   package URLs -> the sections `packages` and `system_packages`

Everything here is a pure function over data that is not trusted.
"""
