"""Parts of addresses."""

from django.urls.converters import IntConverter


class NumberConverter(IntConverter):
    """A whole number that a database can hold; an address with a larger one leads nowhere.

    SQLite raises an error for a key beyond 64 bits, for which Django makes an empty result in some lookups only.
    """

    regex = "[0-9]{1,18}"
