from pydantic_settings import BaseSettings, SettingsConfigDict  #= import pydantic_settings


class AppSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_", env_nested_delimiter="__")

    debug: bool = False  #= default APP_DEBUG, default QUEUE_DEBUG
