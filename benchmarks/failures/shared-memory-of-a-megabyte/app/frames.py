from multiprocessing import shared_memory

FRAME = 1920 * 1080 * 3

frame = shared_memory.SharedMemory(create=True, size=FRAME)
try:
    for line in range(0, FRAME, 1920 * 3):
        frame.buf[line : line + 1920 * 3] = bytes(1920 * 3)
    print("a frame of", FRAME, "bytes")
finally:
    frame.close()
    frame.unlink()
