import sys

import httpx

ANSWERS = {"/v1": {"EUR": 1.0}, "/v2": [{"currency": "EUR", "rate": 1.0}]}


def upstream(request):
    """Stands in for the service."""
    return httpx.Response(200, json=ANSWERS[request.url.path])


with httpx.Client(transport=httpx.MockTransport(upstream), base_url="http://rates") as client:
    rates = client.get(f"/{sys.argv[1]}").json()
print({currency: round(1 / rate, 2) for currency, rate in rates.items()})
