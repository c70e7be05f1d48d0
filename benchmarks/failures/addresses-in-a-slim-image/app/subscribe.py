from pydantic import BaseModel, EmailStr


class Subscriber(BaseModel):
    name: str
    address: EmailStr


print(Subscriber(name="Ada", address="ada@example.org").address)
