import json
from typing import Optional

from pydantic import BaseModel


class Customer(BaseModel):
    number: int
    name: str
    nickname: Optional[str]


for line in ('{"number": 1, "name": "Ada", "nickname": "ada"}', '{"number": 2, "name": "Grace"}'):
    customer = Customer(**json.loads(line))
    print(customer.number, customer.nickname or customer.name)
