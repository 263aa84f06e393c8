"""A value without arrays lies in the cache by itself, and is unpacked where it is wanted."""

import pickle

from django.core.cache import cache

from survey.selectors.results import kept as keeping
from survey.selectors.results.kept import kept
from survey.selectors.results.packed import LightKept, Packed


class Unwanted:
    """Says when it is unpacked."""

    unpacked = 0

    def __setstate__(self, state: dict[str, object]) -> None:
        Unwanted.unpacked += 1

    def __getstate__(self) -> dict[str, object]:
        return {"some": "state"}


def test_value_comes_back_packed_with_its_revision() -> None:
    found = pickle.loads(pickle.dumps(LightKept(revision="r", value=["words"]), pickle.HIGHEST_PROTOCOL))
    assert (type(found), found.revision, found.value) == (Packed, "r", ["words"])


def test_large_value_comes_back_from_the_cache_of_files() -> None:
    cache.set("large", LightKept(revision="r", value=list(range(20_000))), 60)
    assert cache.get("large").value == list(range(20_000))


def test_value_that_has_been_superseded_is_not_unpacked() -> None:
    kept("1", ("superseded",), Unwanted, is_light=True)
    assert kept("2", ("superseded",), lambda: "new", is_light=True) == "new"
    assert Unwanted.unpacked == 0


def test_value_that_was_read_is_unpacked_once() -> None:
    kept("1", ("read",), lambda: ["words"], is_light=True)
    # As another process, which has not made it.
    keeping._held.clear()
    first: list[str] = kept("1", ("read",), list, is_light=True)
    assert first == ["words"]
    assert kept("1", ("read",), list, is_light=True) is first
