import shutil

UNPACK = shutil.which("unzip")
PACK = shutil.which("zip")
