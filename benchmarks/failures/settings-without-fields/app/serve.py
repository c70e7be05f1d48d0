import click
from settings import Settings


@click.command()
def serve():
    settings = Settings()
    click.echo(f"listening on {settings.host}:{settings.port}")


serve()
