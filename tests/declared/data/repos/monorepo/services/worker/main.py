from common import env  #= import common
import web_only  #= import web_only
import redis  #= import redis
import yaml  #= import yaml

QUEUE = env.require("WORKER_QUEUE")  #= required WORKER_QUEUE
