from django.db import migrations  #= import django.db


class Migration(migrations.Migration):  #= head django mail.0001_initial
    pass
