import os
import resource
import select

at_most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
pipes = [os.pipe() for _ in range(at_most // 4)]
os.write(pipes[3][1], b"order 118")
ready, _, _ = select.select([reading for reading, _ in pipes], [], [], 1)
print([os.read(reading, 100) for reading in ready])
