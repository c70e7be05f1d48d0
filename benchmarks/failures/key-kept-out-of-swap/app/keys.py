import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def locked(size: int) -> ctypes.Array:
    buffer = ctypes.create_string_buffer(size)
    if libc.mlock(buffer, ctypes.c_size_t(size)):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return buffer


print(len(locked(1 << 20)), "bytes of keys")
