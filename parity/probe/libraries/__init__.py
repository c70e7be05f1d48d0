"""Which shared libraries a program's files need, and which file the dynamic linker takes for each."""
