from decimal import Decimal


def refund(paid: Decimal, share: Decimal) -> Decimal:
    back = (paid * share).quantize(Decimal("0.01"))
    if back < Decimal("0.02"):
        breakpoint()
    return back


for share in ("0.5", "0.0005"):
    print(refund(Decimal("19.90"), Decimal(share)))
