import django
from django.conf import settings

django.setup()
print(f"{settings.INVOICE_PREFIX}-{1017:06}")
