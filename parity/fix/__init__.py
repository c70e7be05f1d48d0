"""What closes the gap: findings and causes into commands and files. Pure; nothing is run, and nothing is written.

model        remedies, edits, commands, and all of them together
words        what may stand in a command, and how
repository   the texts of the program's repository: which tool, Dockerfile, compose file, manifest
edits        changes of one text by line; patch: all of them as one unified diff
remedies/    one file a kind of remedy
answer       findings into a Fix
recipe/      a profile into a directory that brings the environment up elsewhere
"""
