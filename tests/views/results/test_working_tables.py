"""What a chapter shows is what the whole page shows: each cell with its status, whatever else is made beside it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from survey.methods.tables.chapters import WHOLE_PAGE, Portion
from survey.methods.tables.domain import Domain
from survey.models import SamplingFrame, Wave
from survey.selectors.results.extract import collected_of
from survey.selectors.results.wave_results import prepared_of, wave_vocabulary
from survey.terms import CellStatus, Chapter
from survey.views.results.working_tables import AskedFigures, tables_asked
from tests.answered import two_waves
from tests.test_figures_recomputed import two_waves_of_every_kind

pytestmark = pytest.mark.usefixtures("unguarded")

DOMAINS: list[Domain] = [
    (),
    (("industry", "C"),),
    (("size", "small"),),
    (("industry", "C"), ("size", "small")),
    (("district", "440303"),),
]


@pytest.fixture(params=["shipped", "every kind of figure"])
def waves(request: Any, wave: Wave, frame: Callable[..., SamplingFrame]) -> tuple[Wave, Wave]:
    """A wave and the one before it, with few firms in most groups."""
    return two_waves(wave, frame) if request.param == "shipped" else two_waves_of_every_kind(wave, frame)


def asked(waves: tuple[Wave, Wave], domain: Domain, portion: Portion, *, is_alone: bool) -> AskedFigures:
    wave, earlier = waves
    words = wave_vocabulary(wave, collected_of(wave), "en")
    against = None if is_alone else earlier
    return AskedFigures(wave=wave, words=words, domain=domain, portion=portion, against=against)


def cells(tables: Any) -> dict[str, list[Any]]:
    return {
        code: [(row.code, column.code, cell.status, cell.quality, numbers(cell)) for row, column, cell in table.walk()]
        for code, table in tables.items()
    }


def numbers(cell: Any) -> Any:
    """All figures of a cell; products of another shape may differ in the last digits."""
    fields = (cell.n, cell.estimate, cell.se, cell.ci_low, cell.ci_high, cell.df, cell.rank, cell.rank_low,
              cell.rank_high, cell.p_next, cell.leads, cell.n_eff, *(cell.second or ()))  # fmt: skip
    of_all = (cell.of_all.estimate, cell.of_all.n) if cell.of_all else ()
    levels = (cell.levels.before, cell.levels.after, cell.levels.n_before) if cell.levels else ()
    every = (*fields, *of_all, *levels, cell.filled, cell.lacking, cell.absent)
    return [None if one is None else f"{float(one) + 0.0:.8g}" for one in every]


def shown_domains(waves: tuple[Wave, Wave]) -> Iterator[Domain]:
    yield from (domain for domain in DOMAINS if not prepared_of(waves[0]).hides(domain))


@pytest.mark.parametrize("is_alone", [True, False])
def test_chapters_together_are_the_whole_page_to_the_cell(waves: tuple[Wave, Wave], is_alone: bool) -> None:
    domains = [*shown_domains(waves)]
    assert len(domains) > 1
    withheld = 0
    for domain in domains:
        whole = cells(tables_asked(asked(waves, domain, WHOLE_PAGE, is_alone=is_alone)))
        found: dict[str, Any] = {}
        for chapter in Chapter:
            if chapter is not Chapter.ALL:
                part = cells(tables_asked(asked(waves, domain, Portion(chapter=chapter), is_alone=is_alone)))
                assert part == {code: whole[code] for code in part}
                found |= part
        assert found.keys() == whole.keys()
        withheld += sum(
            status in (CellStatus.PRIMARY, CellStatus.SECONDARY)
            for table in whole.values()
            for _row, _column, status, *_others in table
        )
    assert withheld > 0


def test_one_table_is_that_of_the_page_and_little_beside_it(waves: tuple[Wave, Wave]) -> None:
    whole = cells(tables_asked(asked(waves, (), WHOLE_PAGE, is_alone=False)))
    for code in whole:
        part = cells(tables_asked(asked(waves, (), Portion(table=code), is_alone=False)))
        assert part[code] == whole[code]
        assert len(part) <= 4
