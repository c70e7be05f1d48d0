import django

django.setup()

from shop.models import Coupon

print(Coupon.objects.filter(code="SPRING").count(), "coupons")
