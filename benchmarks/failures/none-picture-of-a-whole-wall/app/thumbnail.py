import io
import struct
import sys
import zlib

from PIL import Image


def upload(width: int, height: int) -> bytes:
    """A black and white PNG."""
    parts = {b"IHDR": struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0), b"IEND": b""}
    rows = zlib.compress(bytes((1 + (width + 7) // 8) * height))
    parts = {b"IHDR": parts[b"IHDR"], b"IDAT": rows, b"IEND": b""}
    written = b"\x89PNG\r\n\x1a\n"
    for kind, content in parts.items():
        written += struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return written


picture = Image.open(io.BytesIO(upload(int(sys.argv[1]), int(sys.argv[2]))))
picture.thumbnail((120, 120))
print(picture.size)
