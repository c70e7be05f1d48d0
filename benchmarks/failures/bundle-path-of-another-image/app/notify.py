import requests

try:
    requests.post("https://127.0.0.1:9/hook", json={"order": 1017}, timeout=2)
except requests.ConnectionError:
    print("nobody listens yet; queued")
