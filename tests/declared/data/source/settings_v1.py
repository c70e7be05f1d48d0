from typing import Optional

from pydantic import BaseSettings, Field, PostgresDsn


class Base(BaseSettings):
    log_level: str = "info"  #= default SHOP_LOG_LEVEL

    class Config:
        env_prefix = "SHOP_"


class Settings(Base):
    dsn: PostgresDsn  #= required SHOP_DSN
    region: Optional[str]  #= default SHOP_REGION
    token: str = Field(..., env="TOKEN")  #= required TOKEN
    either: str = Field(..., env=["ONE", "OTHER"])  #= none ONE, none OTHER
    inferred = False  #= default SHOP_INFERRED
    named: str  #= required NAMED

    class Config:
        fields = {"named": {"env": "NAMED"}}
        env_file = ".env"
