from django.db import migrations  #= import django.db


class Migration(migrations.Migration):  #= head django orders.0003_left
    dependencies = [("orders", "0002_price")]
