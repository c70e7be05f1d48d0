"""Facts into the sections of a profile: one file for the sections that follow from the same kind of files.

    read(facts) -> {name: Section}

A repository tells a part of each: what it leaves open is `hidden`, so that a diff says unknown and not "none".
"""
