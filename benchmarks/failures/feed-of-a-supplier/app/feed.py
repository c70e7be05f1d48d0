from bs4 import BeautifulSoup

FEED = "<feed><article id='bolt-m8'><net>0.12</net></article></feed>"
for article in BeautifulSoup(FEED, "xml").find_all("article"):
    print(article["id"], article.net.text)
