import sys

import requests
from partner import serve

print(requests.get(serve(sys.argv[1]), timeout=10, verify="root.pem").text)
