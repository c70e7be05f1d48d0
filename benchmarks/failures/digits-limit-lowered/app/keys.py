def modulus(text):
    return int(text.replace(" ", ""))


TEXT = " ".join(["9731"] * 300)
print("a key of", modulus(TEXT).bit_length(), "bits")
