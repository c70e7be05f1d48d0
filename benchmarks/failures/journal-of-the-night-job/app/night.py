import logging.config

logging.config.dictConfig(
    {
        "version": 1,
        "formatters": {"json": {"class": "pythonjsonlogger.jsonlogger.JsonFormatter"}},
        "handlers": {
            "night": {
                "class": "logging.handlers.RotatingFileHandler",
                "formatter": "json",
                "filename": "/var/log/shop/night.log",
            }
        },
        "root": {"handlers": ["night"], "level": "INFO"},
    }
)
logging.getLogger("night").info("began")
