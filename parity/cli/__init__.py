"""The command line: one file a command, found by its directory. Parse, call, render, return the exit code.

A file whose name has no underscore is a command of that name; it declares

    run(...) -> int    its parameters are the command's, its docstring the help, its result the exit code
    EXAMPLES           command lines, shown under the help
    ORDER              where it stands in the list of commands

What is heavy is imported inside `run`: the whole directory is imported for every command. Typer itself is imported
where there is a command line to be read by it (_application.py).
"""
