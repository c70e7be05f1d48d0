from common.env import require
from web_only import thing

import requests  #= import requests

SECRET = require("WEB_SECRET")  #= required WEB_SECRET
