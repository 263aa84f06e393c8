"""Parts of a plan from the JSON that they were written as: each field is read by its annotation."""

from collections.abc import Hashable, Mapping
from dataclasses import is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from survey.instrument.schema import Text

Part = TypeVar("Part")


def read_part(kind: type[Part], content: Mapping[str, Any]) -> Part:
    """The value of a dataclass that ``without_defaults`` wrote; what is left out has its default.

    Raises KeyError, TypeError or ValueError for anything else, such as a field that the part does not have.
    """
    hashed: Any = kind
    annotations = _annotations(hashed)
    return kind(**{name: _read(annotations.get(name), value) for name, value in content.items()})


# Annotations are texts that Python evaluates at each call, and a plan has hundreds of parts.
@cache
def _annotations(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(annotation: Any, content: Any) -> Any:
    """One value from JSON: a text, a member of an enumeration, a part, several of these, or what JSON has itself."""
    inner = get_args(annotation)
    if isinstance(annotation, UnionType):
        # Unions are optional fields alone: another one would fail here instead of being read as its first type.
        [annotation] = [each for each in inner if each is not NoneType]
        return None if content is None else _read(annotation, content)
    if get_origin(annotation) is tuple:
        return tuple(_read(inner[0], each) for each in content)
    if get_origin(annotation) is Mapping:
        return {key: _read(inner[1], each) for key, each in content.items()}
    if annotation is Text:
        return Text.from_dict(content)
    if is_dataclass(annotation) and isinstance(annotation, type):
        return read_part(annotation, content)
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return annotation(content)
    return content
