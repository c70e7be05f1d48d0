import environ
from environ import FileAwareEnv

env = environ.Env(DEBUG=(bool, False), PLAIN=str)
environ.Env.read_env(".env")

env("DEBUG")  #= default DEBUG
env("PLAIN")  #= required PLAIN
env.bool("BOOL", default=True)  #= default BOOL
env.db()  #= required DATABASE_URL
env.db("REPLICA_URL")  #= required REPLICA_URL
env.db_url("THIRD_URL", default="sqlite:///x")  #= default THIRD_URL
env.cache()  #= required CACHE_URL
env.email_url("MAIL_URL", default="smtp://")  #= default MAIL_URL
FileAwareEnv()("SECRET")  #= required SECRET
env.prefix = "SHOP_"
env.str("NAME")  #= required SHOP_NAME
