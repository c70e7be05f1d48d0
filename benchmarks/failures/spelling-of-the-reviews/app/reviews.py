import enchant

WORDS = enchant.Dict("de_DE")
for word in ("Schraube", "Schrabue"):
    print(word, WORDS.check(word))
