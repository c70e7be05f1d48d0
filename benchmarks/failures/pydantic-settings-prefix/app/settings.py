from pydantic_settings import BaseSettings, SettingsConfigDict


class Billing(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="billing_")

    api_url: str
    currency: str = "USD"
    retries: int = 3
