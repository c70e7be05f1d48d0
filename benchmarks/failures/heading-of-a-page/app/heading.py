import warnings

from bs4 import BeautifulSoup

warnings.simplefilter("ignore")


def heading(page):
    return BeautifulSoup(page).body.h1.get_text()


print(heading("<h1>Kettles</h1><p>Four of them."))
