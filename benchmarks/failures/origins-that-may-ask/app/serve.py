from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    allowed_origins: list[str]
    session_minutes: int = 30


print("answers to", ", ".join(Settings().allowed_origins))
