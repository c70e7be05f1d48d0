from shop.config import DATABASE_URL

from ._version import version
