"""The one field of a question form: it hands on what was posted, and the instrument judges it."""

from typing import Any

from django import forms


class RawWidget(forms.Widget):
    """Reads every value posted under a name; questions draw themselves."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        # A QueryDict in a request; a plain dictionary of lists where a form is filled from stored answers or by a
        # test.
        return list(data.getlist(name) if hasattr(data, "getlist") else data.get(name, ()))


class RawField(forms.Field):
    """Every value posted under a name, as text."""

    widget = RawWidget

    def __init__(self) -> None:
        super().__init__(required=False)
