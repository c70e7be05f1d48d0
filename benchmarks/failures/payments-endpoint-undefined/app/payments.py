import os

from dotenv import load_dotenv

load_dotenv()


class Payments:
    def __init__(self):
        self.endpoint = os.environ["PAYMENTS_ENDPOINT"]
        self.retries = int(os.environ.get("PAYMENTS_RETRIES", "1"))


print("paying through", Payments().endpoint)
