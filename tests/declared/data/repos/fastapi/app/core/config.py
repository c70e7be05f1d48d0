from pydantic import Field  #= import pydantic

from app.core import AppSettings
from .database import Database


class Settings(AppSettings):
    database: Database  #= default APP_DATABASE
    token: str = Field(alias="API_TOKEN")  #= required API_TOKEN


class QueueSettings(AppSettings):
    model_config = {"env_prefix": "QUEUE_"}
    broker: str  #= required QUEUE_BROKER


settings = Settings()
