import configparser

feeds = configparser.SafeConfigParser()
feeds.read("feeds.ini")
print(feeds.sections())
