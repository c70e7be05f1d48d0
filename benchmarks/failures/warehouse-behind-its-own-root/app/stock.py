import requests
from warehouse import serve

print(requests.get(serve("server.pem"), timeout=10).text)
