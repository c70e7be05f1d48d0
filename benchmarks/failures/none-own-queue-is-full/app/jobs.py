import queue
import sys

WAITING = queue.Queue(maxsize=100)


def enqueue(number):
    WAITING.put({"job": number}, timeout=0.2)


for number in range(int(sys.argv[1])):
    enqueue(number)
print(WAITING.qsize(), "wait")
