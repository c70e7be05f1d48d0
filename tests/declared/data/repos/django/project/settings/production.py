from .base import *  # noqa: F403
from .base import env

SECRET_KEY = env("SECRET_KEY")  #= required SECRET_KEY
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])  #= default ALLOWED_HOSTS
CONN_MAX_AGE = 600  #= pool max_age 600
try:
    from .local import *
except ImportError:
    pass
