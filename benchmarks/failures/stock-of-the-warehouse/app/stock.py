from dynaconf import Dynaconf

settings = Dynaconf(settings_files=["settings.toml"], environments=True)
print(f"asking {settings.WAREHOUSE} for {settings.ARTICLE}")
