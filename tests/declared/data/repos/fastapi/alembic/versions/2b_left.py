revision: str = "2b"
down_revision: str | None = "1a"
