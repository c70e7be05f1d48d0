from environs import Env, EnvError

env = Env()
env.read_env()
other = Env(prefix="OTHER_")

env("CALL")  #= required CALL
env.str("STR")  #= required STR
env.int("INT", 3)  #= default INT
env.list("LIST", default=[])  #= default LIST
env.bool("NONE", None)  #= none NONE
env("KEYWORD", default="x")  #= default KEYWORD
other.str("NAME")  #= required OTHER_NAME

with env.prefixed("APP_"):
    host = env.str("HOST")  #= required APP_HOST
    with env.prefixed("DB_"):
        port = env.int("PORT", 5432)  #= default APP_DB_PORT

with env.prefixed("MAIL_") as mail:
    mail.str("FROM")  #= required MAIL_FROM

try:
    env.str("CAUGHT")  #= default CAUGHT
except EnvError:
    pass
