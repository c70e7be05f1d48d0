from decouple import AutoConfig, Config, Csv, RepositoryEnv, config

config("PLAIN")  #= required PLAIN
config("DEFAULT", default=False, cast=bool)  #= default DEFAULT
config("SECOND", "x")  #= default SECOND
config("CSV", cast=Csv())  #= required CSV
own = Config(RepositoryEnv(".env.prod"))
own("OWN")  #= required OWN
own.get("GOT", default=1)  #= default GOT
AutoConfig(search_path="/x")("AUTO")  #= required AUTO
