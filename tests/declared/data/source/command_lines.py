from typing import Annotated

import click
import configargparse
import typer
from flask import Flask

app = Flask(__name__)
app.config.from_envvar("SHOP_SETTINGS")  #= required SHOP_SETTINGS
app.config.from_envvar("SHOP_LOCAL", silent=True)  #= default SHOP_LOCAL
app.config.from_prefixed_env()  #= computed FLASK_*
app.config.from_prefixed_env("SHOP")  #= computed SHOP_*


@click.command()
@click.option("--token", envvar="API_TOKEN")  #= none API_TOKEN
@click.option("--url", envvar=["API_URL", "URL"], default="x")  #= default API_URL, default URL
@click.option("--retries", envvar="RETRIES", default=3)  #= default RETRIES
def main(token, url, retries):
    pass


def typed(
    key: Annotated[str, typer.Option(envvar="ANNOTATED")],  #= none ANNOTATED
    name: str = typer.Option(..., envvar="ELLIPSIS"),  #= none ELLIPSIS
    size: int = typer.Option(3, envvar="WITH_DEFAULT"),  #= default WITH_DEFAULT
):
    pass


parser = configargparse.ArgParser()
parser.add("--level", env_var="LOG_LEVEL")  #= none LOG_LEVEL
main(auto_envvar_prefix="SHOP")  #= computed SHOP_*
