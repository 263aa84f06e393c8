"""A figure never outlives what it was made from; what has not changed is read once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from survey.instrument.schema import Text
from survey.models import Case, Change, District, Response, SamplingFrame, Wave
from survey.selectors.results.extract import collected_of
from survey.selectors.results.kept import MANY_ROWS, ToMake, at_revision, kept, make_together, remembering, revision_of
from survey.selectors.results.wave_results import prepared_of, wave_vocabulary
from survey.terms import ResponseStatus
from survey.threads import MANY_ROWS as MANY_TO_READ
from survey.threads import MOSTLY_COLUMNS
from survey.views.results.working_content import WorkingContent, working_content
from survey.views.results.working_tables import AskedFigures
from tests.answered import ITEMS, PLAN, answered_wave, earlier_wave, in_another_version
from tests.waves import version_of

PATIENCE = 120
"""Seconds that a loaded machine may take to begin with a thread."""
# What was submitted is changed here, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    return answered_wave(wave, frame, firms=60, sample=30, answers=16)


def content_of(wave: Wave) -> WorkingContent:
    """What the dashboard shows to a reader who opens it now."""
    wave = Wave.objects.select_related("survey").get(pk=wave.pk)
    words = wave_vocabulary(wave, collected_of(wave), "en")
    return working_content(AskedFigures(wave=wave, words=words, domain=()))


def labels_of(content: WorkingContent) -> set[str]:
    """Every label of a row or column of a table of the page."""
    tables = content.tables.values()
    return {heading.label for table in tables for side in (table.rows, table.columns) for heading in side.headings}


def give_outcomes(cases: list[Case], *outcomes: str) -> None:
    for case, outcome in zip(cases, outcomes, strict=True):
        Case.objects.filter(pk=case.pk).update(disposition=outcome)


def test_unchanged_wave_is_read_with_one_query(
    answered: Wave, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    collected_of(answered)
    with django_assert_num_queries(1):
        assert collected_of(answered).answered == 16


def test_wave_at_its_revision_is_read_without_a_query(
    answered: Wave, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    [wave] = at_revision([Wave.objects.get(pk=answered.pk)])
    prepared_of(wave)
    with django_assert_num_queries(0):
        assert prepared_of(wave).collected.answered == 16


def test_revisions_of_many_waves_are_one_query(
    answered: Wave, frame: Callable[..., SamplingFrame], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    waves = [answered, earlier_wave(answered, frame, firms=60, sample=30, answers=2)]
    with django_assert_num_queries(1):
        first, second = at_revision(waves)
    assert first.revision != second.revision


def test_two_cases_that_swap_outcomes_leave_no_stale_figure(answered: Wave) -> None:
    """Equal numbers and equal sums of ids in every outcome: what the cache was known by before."""
    cases = list(Case.objects.filter(responses=None).order_by("id")[:4])
    give_outcomes(cases, "refusal", "not_eligible", "not_eligible", "refusal")
    before = collected_of(answered).disposition.tolist()
    give_outcomes(cases, "not_eligible", "refusal", "refusal", "not_eligible")
    after = collected_of(answered).disposition.tolist()
    assert after != before
    assert sorted(after) == sorted(before)


def test_renamed_option_shows_at_once(answered: Wave) -> None:
    assert "Public funding" in labels_of(content_of(answered))
    options = [replace(option, text=Text(option.text.zh, f"{option.text.en} (new)")) for option in ITEMS[4].options]
    in_another_version(answered, *ITEMS[:4], replace(ITEMS[4], options=tuple(options)), ITEMS[5])
    assert "Public funding (new)" in labels_of(content_of(answered))


def test_changed_theme_shows_at_once(answered: Wave) -> None:
    before = content_of(answered).headlines[0].figures
    theme = replace(PLAN.themes[0], text=Text("机器", "Machines"))
    in_another_version(answered, *ITEMS, plan=replace(PLAN, themes=(theme, *PLAN.themes[1:])))
    after = content_of(answered).headlines[0].figures
    assert [headline.label for headline in after] == ["Machines", *(headline.label for headline in before[1:])]


def test_renamed_item_shows_at_once(answered: Wave) -> None:
    content_of(answered)
    named = replace(PLAN, names={**PLAN.names, "B1_severity": Text("机器不同", "Machines that differ")})
    in_another_version(answered, *ITEMS, plan=named)
    assert "Machines that differ" in labels_of(content_of(answered))


def test_draft_leaves_the_figures_as_they_are(answered: Wave) -> None:
    case = Case.objects.filter(responses=None)[0]
    before = revision_of(answered)
    draft = Response.objects.create(case=case, version=version_of(answered), answers={"B1_severity": "1"})
    draft.answers = {"B1_severity": "2"}
    draft.save()
    assert revision_of(answered) == before


def test_returned_response_leaves_no_stale_figure(answered: Wave) -> None:
    assert collected_of(answered).answered == 16
    Response.objects.filter(pk=Response.objects.all()[0].pk).update(status=ResponseStatus.DRAFT.value)
    assert collected_of(answered).answered == 15


def test_change_of_one_wave_leaves_the_others(answered: Wave, frame: Callable[..., SamplingFrame]) -> None:
    other = earlier_wave(answered, frame, firms=60, sample=30, answers=2)
    before = revision_of(other), revision_of(answered)
    Case.objects.filter(wave=answered)[0].responses.all().delete()
    assert revision_of(other) == before[0]
    assert revision_of(answered) != before[1]


def test_change_of_a_district_touches_every_wave(answered: Wave) -> None:
    before = revision_of(answered)
    District.objects.filter(code="440305").update(name=Text("南山", "Nanshan"))
    assert revision_of(answered) != before


def test_write_that_is_undone_leaves_the_revision(answered: Wave) -> None:
    before = revision_of(answered)
    with transaction.atomic():
        Case.objects.filter(wave=answered).update(disposition="refusal")
        assert revision_of(answered) != before
        transaction.set_rollback(True)
    assert revision_of(answered) == before


def test_newest_change_tells_a_revision_without_counting(answered: Wave) -> None:
    """On SQLite the log of a wave with very many answers is not read through for every page."""
    with CaptureQueriesContext(connection) as queries:
        revision_of(answered)
    assert len(queries) == 1
    assert ("COUNT(" in queries[0]["sql"].upper()) == (connection.vendor == "postgresql")


def test_time_of_the_newest_change_belongs_to_the_revision(answered: Wave) -> None:
    """A database that was restored from a backup gives the same numbers again."""
    before = revision_of(answered)
    newest = Change.objects.filter(wave=answered).latest("id")
    Change.objects.filter(pk=newest.pk).update(at=newest.at + timedelta(seconds=1))
    assert revision_of(answered) != before


def test_value_that_was_read_is_at_hand_as_long_as_the_cache_has_it() -> None:
    kept("r", ("held",), lambda: [1])
    read = kept("r", ("held",), lambda: [2])
    assert kept("r", ("held",), lambda: [3]) is read
    cache.clear()
    assert kept("r", ("held",), lambda: [4]) == [4]
    assert kept("other", ("held",), lambda: [5]) == [5]


def test_value_of_many_rows_is_given_back_as_it_was_read() -> None:
    """What it was made with takes room of its own until the page is done."""
    few, many = [[1]] * 2, [[1]] * 3
    assert kept("r", ("few",), lambda: few, rows=lambda value: MANY_ROWS - 1) is few
    found = kept("r", ("many",), lambda: many, rows=lambda value: MANY_ROWS)
    assert found == many
    assert found is not many
    assert kept("r", ("many",), list, rows=lambda value: MANY_ROWS) is found


def test_value_of_many_rows_that_cannot_be_kept_is_given_as_it_was_made(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": str(tmp_path / "file" / "cache")}}
    assert kept("r", ("unwritten",), lambda: [1], rows=lambda value: MANY_ROWS) == [1]


def test_value_that_the_cache_lost_does_not_answer_for_the_one_that_is_made_anew() -> None:
    """It was made of what was there before answers were erased, and is of the same revision."""
    for number in ([1], [2], [3]):
        assert [kept("a", ("lost",), number.copy) for _asked in range(2)] == [number, number]
        cache.clear()


def wanted(name: str, value: int, made: list[str], rows: int = MOSTLY_COLUMNS) -> ToMake[int]:
    """A value of a name that notes when it is made, and what it supersedes."""

    def read(before: int | None) -> Callable[[], int]:
        def make() -> int:
            made.append(f"{name} {before}")
            return value

        return make

    return ToMake(revision=f"{value}", parts=(name,), read=read, rows=rows)


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("survey.threads.processors", lambda: 2)


def refuse() -> int:
    raise AssertionError("It was made already.")


def test_values_made_together_are_found_where_they_are_asked_for(two_processors: None) -> None:
    made: list[str] = []
    make_together([wanted("one of 0", 1, made), wanted("other of 0", 2, made)])
    assert sorted(made) == ["one of 0 None", "other of 0 None"]
    assert [kept("1", ("one of 0",), refuse), kept("2", ("other of 0",), refuse)] == [1, 2]


def test_what_is_superseded_is_at_hand_where_values_are_made_together(two_processors: None) -> None:
    made: list[str] = []
    for value in (1, 2):
        make_together([wanted("one of 1", value, made), wanted("other of 1", value, made)])
    assert sorted(made[2:]) == ["one of 1 1", "other of 1 1"]


def test_one_value_alone_is_made_where_it_is_asked_for(two_processors: None) -> None:
    made: list[str] = []
    kept("1", ("one of 2",), lambda: 1)
    make_together([wanted("one of 2", 1, made), wanted("other of 2", 2, made)])
    assert made == []


@pytest.mark.parametrize(("least", "is_light"), [(MANY_TO_READ, False), (MOSTLY_COLUMNS, True)])
def test_few_rows_are_not_worth_it(two_processors: None, least: int, is_light: bool) -> None:
    """Of tables, which are light, there must be more than of what is made of columns alone."""
    made: list[str] = []
    names = [f"{name} {least}" for name in ("one", "other")]
    for rows in (least - 1, least):
        make_together([wanted(names[0], 1, made), wanted(names[1], 2, made, rows)], is_light=is_light)
        assert len(made) == (2 if rows == least else 0)


def test_superseded_value_takes_no_room() -> None:
    for revision in ("first", "second"):
        assert kept(revision, ("name",), lambda: revision) == revision  # noqa: B023
    assert kept("second", ("name",), lambda: "third") == "second"


def test_names_with_other_parts_are_other_values() -> None:
    assert kept("r", ("a", 1, "b"), lambda: 1) == 1
    assert kept("r", ("a", "1", "b"), lambda: 2) == 2


def test_cache_that_cannot_be_read_or_written_costs_no_figure(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("not a folder")
    default = {**settings.CACHES["default"], "LOCATION": str(tmp_path / "file" / "cache")}
    settings.CACHES = {"default": default}
    assert kept("r", ("unreadable",), lambda: 7) == 7
    assert "The cache cannot be written" in caplog.text


def test_value_of_another_shape_is_made_anew(answered: Wave) -> None:
    collected_of(answered)
    cache.clear()
    assert collected_of(answered).answered == 16


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one transaction write at a time")
def test_change_that_commits_after_a_later_one_is_a_revision_of_its_own(parallel_database: None, wave: Wave) -> None:
    """The first writer gets the lower id and commits last: the newest id stays as it was, the revision must not."""
    written, go_on = Event(), Event()

    def write_and_wait() -> None:
        with transaction.atomic():
            Wave.objects.filter(pk=wave.pk).update(target_responses=10)
            written.set()
            go_on.wait(PATIENCE)
        connection.close()

    first = Thread(target=write_and_wait)
    first.start()
    assert written.wait(PATIENCE)
    District.objects.create(code="1", name=Text(en="Later"))
    between, newest = revision_of(wave), Change.objects.latest("id").pk
    go_on.set()
    first.join()
    assert Change.objects.latest("id").pk == newest
    assert revision_of(wave) != between


def test_superseded_value_is_at_hand_for_the_one_that_takes_its_place() -> None:
    parts = ("renewed",)
    found = [kept(revision, parts, lambda: [1], renew=lambda before: [*before, 2]) for revision in ("a", "b", "b", "c")]
    assert found == [[1], [1, 2], [1, 2], [1, 2, 2]]


def test_results_that_were_not_asked_for_again_are_forgotten() -> None:
    for names in ([b"a", b"b"], [b"b"], [b"a", b"b"]):
        with remembering(("remembered",)) as remembered:
            remembered.each(names, lambda places: places)
            before = dict(remembered.before)
    assert before == {b"b": 1}
