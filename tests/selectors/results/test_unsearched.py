"""Unreachable objects are not searched for meanwhile, and afterwards as before."""

import gc
from collections.abc import Iterator

import pytest

from survey.selectors.results.unsearched import unsearched


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    was = gc.isenabled()
    yield
    (gc.enable if was else gc.disable)()


@pytest.mark.parametrize("before", [True, False])
def test_search_is_off_meanwhile_and_then_as_it_was(before: bool) -> None:
    (gc.enable if before else gc.disable)()
    with unsearched():
        assert not gc.isenabled()
    assert gc.isenabled() is before


def test_search_is_on_again_after_an_error() -> None:
    gc.enable()
    with pytest.raises(ValueError, match="broken"), unsearched():
        raise ValueError("broken")
    assert gc.isenabled()
