SECRET_KEY = "for this program alone"
INSTALLED_APPS = ["shop"]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": "127.0.0.1", "NAME": "app",
                         "USER": "app", "PASSWORD": "app"}}
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
