import sys

pages = [bytearray(b"\xff" * 4_000_000) for _ in range(int(sys.argv[1]))]
print(len(pages), "pages")
