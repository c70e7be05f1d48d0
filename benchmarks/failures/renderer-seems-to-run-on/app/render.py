import os
import subprocess
import time


def started():
    """The process id of a renderer that goes on when its starter ends."""
    done = subprocess.run("sleep 1 >/dev/null & echo $!", shell=True, stdout=subprocess.PIPE, check=True)
    return int(done.stdout)


def runs(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


renderer = started()
deadline = time.monotonic() + 6
while runs(renderer):
    if time.monotonic() > deadline:
        raise TimeoutError("the renderer does not come to its end")
    time.sleep(0.2)
print("rendered")
