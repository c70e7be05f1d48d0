from typing import Annotated, ClassVar, Optional

from pydantic import AliasChoices, AliasPath, BaseModel, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Mail(BaseModel):
    host: str  #= required APP_MAIL__HOST, default APP_OPTIONAL_MAIL__HOST
    port: int = 25  #= default APP_MAIL__PORT, default APP_OPTIONAL_MAIL__PORT


class NotRead(BaseModel):
    nothing: str


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_", env_nested_delimiter="__", env_file=".env")

    kinds: ClassVar[list[str]] = []
    _private: str = "x"
    database_url: str  #= required APP_DATABASE_URL
    debug: bool = False  #= default APP_DEBUG
    maybe: Optional[str]  #= required APP_MAYBE
    maybe_none: str | None = None  #= default APP_MAYBE_NONE
    secret: SecretStr = Field(...)  #= required APP_SECRET
    described: str = Field(description="x")  #= required APP_DESCRIBED
    tags: list[str] = Field(default_factory=list)  #= default APP_TAGS
    token: str = Field(validation_alias="GITHUB_TOKEN")  #= required GITHUB_TOKEN
    aliased: str = Field("x", alias="plain_alias")  #= default PLAIN_ALIAS
    choice: str = Field(validation_alias=AliasChoices("FIRST", AliasPath("SECOND", 0)))  #= none FIRST, none SECOND
    annotated: Annotated[str, Field(alias="ANNOTATED")]  #= required ANNOTATED
    annotated_default: Annotated[int, Field(ge=1)] = 3  #= default APP_ANNOTATED_DEFAULT
    mail: Mail  #= default APP_MAIL
    optional_mail: Mail | None = None  #= default APP_OPTIONAL_MAIL

    @property
    def url(self) -> str:
        return self.database_url


class Exact(BaseSettings, case_sensitive=True, env_prefix="x_"):
    lower: str  #= required x_lower


settings = Settings()
