from django.db import migrations  #= import django.db


class Migration(migrations.Migration):
    replaces = [("orders", "0001_initial"), ("orders", "0002_price")]
    dependencies = [("auth", "0001_initial")]
