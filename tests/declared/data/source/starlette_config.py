from starlette.config import Config, environ
from starlette.datastructures import Secret

config = Config(".env")
prefixed = Config(env_prefix="APP_")

config("KEY")  #= required KEY
config("SECRET", cast=Secret)  #= required SECRET
config("DEBUG", bool)  #= required DEBUG
config("PORT", int, 8000)  #= default PORT
config("HOST", default="x")  #= default HOST
config.get("GOT", cast=int)  #= required GOT
prefixed("NAME")  #= required APP_NAME
environ["DIRECT"]  #= required DIRECT
