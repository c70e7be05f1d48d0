"""One file a section of the profile. The directory is the registry: a file's name is the section's.

Each collector declares, as plain data that the host reads too:

    TITLE     what a person calls the section
    WHY       one line: why a difference here breaks programs
    COMPARED  {field or key pattern: name of a comparison in parity/diff/comparisons}; for an item that
              is an object the names are its fields, for a scalar they are patterns over its key
              ("stdlib.*"). What is not named here is shown and is never itself a difference.
    SEVERITY  {"missing": level, "changed": level, "extra": level} until there is evidence of use
    READS     path patterns (fnmatch, absolute) that it reads, for targets that are a stream of files

and one function, `collect(view) -> Section`, which may raise `Absent`, `Unavailable` or `Skipped`.

One that wants little of many or of big files asks `view.reduced(path, function)`, and names them in REDUCES,
((path pattern, function), ...): such a function gets at the bytes of a file as it passes by in a stream.
"""
