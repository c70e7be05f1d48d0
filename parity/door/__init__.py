"""What must be so before a program starts, asked where it starts: at the door, not at the first request.

    Policy ─ demands ─▶ {check: what it is asked} ─ script ─▶ one script of the standard library ─ held ─▶ exit code

The script is all that runs there, with parity (`parity require`) or without it (`--emit`), so both say the same.

demands   a policy, and the migrations that a repository holds, into the plain data that the script is made with
script    the script: its head, the data, and of `inside/` and the probe what its checks need
held      the script run by the program's own interpreter
"""
