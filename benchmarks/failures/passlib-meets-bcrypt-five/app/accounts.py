from passlib.context import CryptContext

passwords = CryptContext(schemes=["bcrypt"], bcrypt__rounds=4)


def register(name, password):
    return {"name": name, "password": passwords.hash(password)}


print(register("ada", "correct horse")["name"], "registered")
