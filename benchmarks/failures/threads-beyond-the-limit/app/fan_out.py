import time
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor(40) as pool:
    done = list(pool.map(lambda number: time.sleep(0.05) or number, range(40)))
print(len(done), "done")
