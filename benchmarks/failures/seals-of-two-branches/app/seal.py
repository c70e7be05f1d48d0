import os

import keys

for branch, text in (("north", b"parcel 17"), ("south", b"parcel 18")):
    print(branch, keys.seal(branch, text, os.environ.get("SEAL_DIGEST", "sha256")))
