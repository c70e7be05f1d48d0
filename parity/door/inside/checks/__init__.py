"""One file a check, found by its name in the script's demands.

    NEEDS              the modules of the probe, or the packages of it, that the check imports
    failures(asked, path)

`failures` yields (key, sentence) for each thing that is not as it was asked for; nothing where all is. `asked` is the
check's part of the demands (parity/door/demands.py), `path` the program's `sys.path`, absolute, without its own
directory. The name of the file is the section that the key belongs to.
"""
