import jwt

KEY = "a key that is long enough to be one"


def issued(customer):
    return jwt.encode({"sub": customer, "scope": "cart"}, KEY, algorithm="HS256")


def opened(token):
    return jwt.decode(token, KEY, algorithms=["HS256"])["sub"]


print("hello", opened(issued(4311)))
