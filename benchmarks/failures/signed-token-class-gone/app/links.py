from itsdangerous import TimedJSONWebSignatureSerializer as Serializer

link = Serializer("not a secret", expires_in=3600).dumps({"order": 1017})
print("reset link of", len(link), "characters")
