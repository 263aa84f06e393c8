"""What a service says when it will not do what is asked."""

from typing import Any


class RefusedError(ValueError):
    """Why it is not done (``code``, offending ``value``), in a translated sentence that says how to mend it."""

    def __init__(self, code: str, value: Any, message: str) -> None:
        self.code, self.value = code, value
        super().__init__(message)
