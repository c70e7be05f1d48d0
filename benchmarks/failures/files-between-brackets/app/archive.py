import os

status = os.system('kept=(2024-*.csv); echo "archiving ${#kept[@]} files"')
if status:
    raise RuntimeError(f"archiving ended with {status}")
