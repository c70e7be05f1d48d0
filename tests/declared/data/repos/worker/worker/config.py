from decouple import config  #= import decouple

BROKER = config("BROKER_URL")  #= required BROKER_URL
