import json

import arrow


def link(invoice: str, minutes: int) -> dict[str, object]:
    return {"invoice": invoice, "expires": arrow.utcnow().timestamp + 60 * minutes}


print(json.dumps(link("2024-118", 30)))
