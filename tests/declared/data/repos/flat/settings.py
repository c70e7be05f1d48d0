from environs import Env  #= import environs

env = Env()
env.read_env()
TIMEOUT = env.int("TIMEOUT", 30)  #= default TIMEOUT
