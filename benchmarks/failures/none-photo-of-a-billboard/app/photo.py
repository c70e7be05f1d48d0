import io
import struct
import sys
import zlib

from PIL import Image


def upload(width, height):
    """The beginning of a grey picture, as PNG."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(width + 1)))


picture = Image.open(io.BytesIO(upload(int(sys.argv[1]), int(sys.argv[2]))))
print(picture.size)
