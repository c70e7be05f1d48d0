"""What the repository starts by a line of shell: its scripts, its Procfile, and what containers are to run.

script     a text of shell as commands, and the variables that it reads
starting   a command's words: the programs it starts, the modules it names
files      which of the repository's files are such texts, and which of those run where the program does
"""
