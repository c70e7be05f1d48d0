from datetime import datetime, timedelta

import django
from django.conf import settings

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    TIME_ZONE="UTC",
)
django.setup()

from django.db import connection, models  # noqa: E402


class Order(models.Model):
    placed = models.DateTimeField()

    class Meta:
        app_label = "shop"


with connection.schema_editor() as editor:
    editor.create_model(Order)
Order.objects.create(placed=datetime.now() - timedelta(hours=2))
late = [order.pk for order in Order.objects.all() if datetime.now() - order.placed > timedelta(hours=1)]
print("late:", late)
