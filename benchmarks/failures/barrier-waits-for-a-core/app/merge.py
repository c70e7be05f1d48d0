import os
import threading
from concurrent.futures import ThreadPoolExecutor

halves = threading.Barrier(2, timeout=2)


def half(rows):
    total = sum(rows)
    halves.wait()
    return total


with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
    print(sum(pool.map(half, (range(500), range(500, 1000)))))
