def handle(event):
    print("refunded", event["cents"])
