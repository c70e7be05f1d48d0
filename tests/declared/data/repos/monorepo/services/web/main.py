from common.env import require  #= import common.env
from web_only import thing

import requests  #= import requests

SECRET = require("WEB_SECRET")  #= required WEB_SECRET
