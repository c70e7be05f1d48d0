"""What a repository promises, read from its files alone: nothing of it is imported or run.

    walk ─▶ Files ─ source, containers, dependencies ─▶ Facts ─ assemble ─▶ sections of a Profile

    git.read(root)                   -> Checkout | None  what git says of the working tree
    walk.walk(root, ignored)         -> Files            the files of the repository
    source.read(files)               -> Facts            the Python source
    containers.read(files)           -> Facts            Dockerfiles, compose files, manifests, dotenv examples
    dependencies.reading.read(files) -> Facts            requirements, locks, the version of Python
    assemble.sections(facts)         -> {name: Section}

Below each of them a reader is a pure function of one file's text; only walk.py, git.py and the child that parses
Python touch the machine.
"""
