"""What a person reads about files to attach."""

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_noop as _

from survey.instrument.schema import Item
from survey.services.answers.uploads import file_types, megabytes

FILE_MESSAGES = {
    "limits": _("File types: %(types)s. At most %(limit)s MB."),
    "file_type": _("Attach a file of one of these types: %(types)s."),
    "file_size": _("Attach a file of at most %(limit)s MB."),
    "file_empty": _("Attach the file again; it arrived empty."),
    "file_content": _("Attach the file again; its content is not what its name says. File types: %(types)s."),
}


def file_text(code: str, item: Item) -> str:
    """Which files an item takes ("limits"), or why one was not taken and what to attach instead."""
    types = pgettext("between answers", ", ").join(file_types(item))
    return gettext(FILE_MESSAGES[code]) % {"types": types, "limit": f"{megabytes(item):g}"}
