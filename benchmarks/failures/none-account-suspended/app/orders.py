import os
import sys

import requests
from partner import serve

words = {"Authorization": f"Bearer {os.environ['PARTNER_TOKEN']}"}
answer = requests.get(f"{serve()}/orders/{sys.argv[1]}", headers=words, timeout=10)
answer.raise_for_status()
print(answer.json())
