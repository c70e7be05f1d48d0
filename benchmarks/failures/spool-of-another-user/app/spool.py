from pathlib import Path

SPOOL = Path("/var/spool/mailer")

for letter in sorted(SPOOL.iterdir()):
    print(letter.name, len(letter.read_text()))
