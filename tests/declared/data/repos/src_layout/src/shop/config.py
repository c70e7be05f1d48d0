import os

import yaml  #= import yaml

from shop.reading import number, require as needs

PREFIX = "SHOP_"
DATABASE_URL = needs("SHOP_DATABASE_URL")  #= required SHOP_DATABASE_URL
TIMEOUT = number("TIMEOUT", 30)  #= default SHOP_TIMEOUT
RETRIES = number("RETRIES")  #= required SHOP_RETRIES
TOKEN_VARIABLE = "SHOP_TOKEN"
