import requests
from requests.adapters import HTTPAdapter, Retry

POLICY = {"status_forcelist": (502, 503), "method_whitelist": ("GET", "PUT"), "backoff_factor": 0.2}


def patient(tries):
    session = requests.Session()
    session.mount("https://", HTTPAdapter(max_retries=Retry(total=tries, **POLICY)))
    return session
