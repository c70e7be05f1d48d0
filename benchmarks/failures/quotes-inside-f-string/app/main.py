from labels import label

print(label({"name": "Ada", "city": "London"}))
