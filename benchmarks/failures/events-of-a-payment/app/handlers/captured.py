def handle(event):
    print("captured", event["cents"])
