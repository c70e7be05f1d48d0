import os
from pathlib import Path

from cryptography.fernet import Fernet

TOKEN = Path("/srv/state/token")

new = TOKEN.with_suffix(".new")
new.write_bytes(Fernet.generate_key())
os.replace(new, TOKEN)
print("renewed")
