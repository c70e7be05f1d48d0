import os

for number in range(2):
    os.sched_setaffinity(0, {number})
    print("worker", number, "on core", os.sched_getaffinity(0))
