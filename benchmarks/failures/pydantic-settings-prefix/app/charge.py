from settings import Billing

billing = Billing()
print("charging through", billing.api_url, "in", billing.currency)
