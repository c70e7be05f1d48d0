"""The program's own code: where it is, its files, the commit it is at, the bytecode beside it."""
