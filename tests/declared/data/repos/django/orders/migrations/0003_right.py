from django.db import migrations  #= import django.db


class Migration(migrations.Migration):  #= head django orders.0003_right
    dependencies = [("orders", "0001_squashed_0002_price"), ("mail", "0001_initial")]
