from environs import Env

env = Env()
RATE = env.int("RATE_LIMIT")
print("at most", RATE, "requests a minute")
