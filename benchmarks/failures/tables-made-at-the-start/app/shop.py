from flask import Flask
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config.update(SQLALCHEMY_DATABASE_URI="sqlite://", SQLALCHEMY_TRACK_MODIFICATIONS=False)
database = SQLAlchemy(app)


class Article(database.Model):
    name = database.Column(database.Text, primary_key=True)


database.create_all()
print("tables:", ", ".join(database.metadata.tables))
