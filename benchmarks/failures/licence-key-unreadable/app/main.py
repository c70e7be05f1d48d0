from licence import licensed

print("licensed" if licensed() else "trial")
