import subprocess
import sys

consumer = subprocess.Popen([sys.executable, "consumer.py"])
try:
    consumer.wait(timeout=1)
except subprocess.TimeoutExpired:
    pass
consumer.terminate()
try:
    consumer.wait(timeout=5)
finally:
    consumer.kill()
print("consumer stopped")
