DEBUG = False
SECRET_KEY = "read from a file"
INSTALLED_APPS = []
USE_TZ = True
