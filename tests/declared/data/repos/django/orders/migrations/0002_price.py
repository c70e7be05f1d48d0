from django.db import migrations  #= import django.db


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]
