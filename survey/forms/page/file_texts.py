"""What a person reads about files to attach."""

from django.utils.translation import pgettext

from survey.instrument.schema import Item
from survey.selectors.said import said as gettext
from survey.services.answers.uploads import file_types, megabytes


def file_limits(item: Item) -> str:
    """Which files an item takes."""
    types = pgettext("between answers", ", ").join(file_types(item))
    return gettext("File types: %(types)s. At most %(limit)s MB.") % {"types": types, "limit": f"{megabytes(item):g}"}
