import dj_database_url
import dj_email_url

dj_database_url.config()  #= none DATABASE_URL
dj_database_url.config(default="sqlite:///x", conn_max_age=600)  #= default DATABASE_URL, pool max_age 600
dj_database_url.config("REPLICA_URL")  #= none REPLICA_URL
dj_database_url.config(env="OTHER_URL")  #= none OTHER_URL
dj_email_url.config()  #= none EMAIL_URL
dj_database_url.parse("postgres://")
