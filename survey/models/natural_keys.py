"""Keys that mean something outside one database, so that content is exchanged without row numbers."""

from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

M = TypeVar("M", bound=models.Model)


class NaturalKeyManager(models.Manager[M]):
    """Finds a row by the values of its model's ``natural_key_fields``."""

    def get_by_natural_key(self, *values: Any) -> M:
        """The row; raises ``DoesNotExist`` where there is none."""
        return self.get(**dict(zip(self.model.natural_key_fields, values, strict=True)))  # type: ignore[attr-defined]


class NaturallyKeyed(models.Model):
    """A model whose rows are told apart by ``natural_key_fields``: lookup paths that are unique together."""

    natural_key_fields: ClassVar[tuple[str, ...]]
    objects = NaturalKeyManager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[Any, ...]:
        """The values of the key; None where a parent is not stored yet, which no stored row matches."""
        return tuple(_follow(self, path.split("__")) for path in self.natural_key_fields)


def _follow(start: Any, path: list[str]) -> Any:
    for name in path:
        try:
            start = getattr(start, name)
        # loaddata asks for the key of objects whose parents are still to come.
        except ObjectDoesNotExist:
            return None
    return start
