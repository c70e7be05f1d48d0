from pathlib import Path

CACHE = Path("/var/cache/thumbs")

for number in range(120):
    (CACHE / f"{number}.png").write_bytes(b"\x89PNG")
print(len(list(CACHE.iterdir())), "thumbnails")
