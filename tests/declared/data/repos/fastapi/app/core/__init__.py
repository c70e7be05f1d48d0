from app.core.base import AppSettings
