from decouple import config


class Relay:
    host = config("SMTP_RELAY_HOST")
    port = config("SMTP_RELAY_PORT", cast=int)


print(Relay.host, Relay.port)
