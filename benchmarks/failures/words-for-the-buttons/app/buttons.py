import gettext
from pathlib import Path

words = gettext.translation("shop", Path(__file__).parent / "locale")
print(words.gettext("Add to cart"))
