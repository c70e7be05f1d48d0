from django.db import migrations  #= import django.db


class Migration(migrations.Migration):
    initial = True
    dependencies = [("auth", "0001_initial")]
