import os

import shop.config as config
from shop import config as again
from .config import TOKEN_VARIABLE
from . import reading

token = os.environ[TOKEN_VARIABLE]  #= required SHOP_TOKEN
other = os.environ.get(config.TOKEN_VARIABLE)  #= none SHOP_TOKEN
user = reading.require("SHOP_MAIL_USER")  #= required SHOP_MAIL_USER
