"""The monitor of a wave, as a page and as a file."""

import csv
import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from survey.models import Case, CaseWork, Paradata, Response, SamplingFrame, Survey, Territory, Wave
from survey.selectors.fieldwork.monitor import Monitor, monitor_of
from survey.terms import CaseStatus, Disposition, Role
from tests.answered import sampled_wave


def submit(case: Case, days_ago: int, seconds: int) -> None:
    """A response of some days ago, without its answers."""
    version = case.wave.version
    assert version is not None
    response = Response.objects.create(case=case, version=version, answers={}, status="draft")
    at = timezone.now() - timedelta(days=days_ago)
    Response.objects.filter(pk=response.pk).update(status="submitted", submitted_at=at, seconds_spent=seconds)
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.SUBMITTED.value, disposition=Disposition.COMPLETE.value)


@pytest.fixture
def collected(wave: Wave, cases: list[Case]) -> Wave:
    """Of 24 firms four have submitted, one lies as a draft on a page, one refused and one is out of scope."""
    wave.opens_at = timezone.now() - timedelta(days=10)
    wave.save()
    wave.cases.update(code_sent_at=timezone.now())
    for case, (days, seconds) in zip(cases, ((9, 600), (1, 660), (1, 630), (0, 60)), strict=False):
        submit(case, days, seconds)
    Case.objects.filter(pk=cases[4].pk).update(status=CaseStatus.IN_PROGRESS.value)
    Paradata.objects.create(case=cases[4], event="saved", page="p")
    for case, disposition in ((cases[5], Disposition.REFUSAL), (cases[6], Disposition.NOT_ELIGIBLE)):
        Case.objects.filter(pk=case.pk).update(status=CaseStatus.FINALISED.value, disposition=disposition.value)
    return wave


def read(wave: Wave, user: User | None = None) -> Monitor:
    found = Wave.objects.select_related("survey", "version").get(pk=wave.pk)
    return monitor_of(found, user or User(), timezone.now())


def test_firms_are_counted_by_where_they_stand(collected: Wave) -> None:
    whole = read(collected).whole
    assert (whole.sampled, whole.written_to, whole.started, whole.submitted) == (24, 24, 5, 4)
    assert (whole.refused, whole.out_of_scope, whole.returned) == (1, 1, 0)
    assert whole.rr1 == pytest.approx(4 / 23)


def test_answers_that_do_not_count_are_not_among_the_submitted(collected: Wave, cases: list[Case]) -> None:
    Case.objects.filter(pk=cases[0].pk).update(is_set_aside=True)
    monitor = read(collected)
    assert (monitor.whole.submitted, monitor.days[-1].so_far) == (3, 3)


def test_days_add_up_and_the_plan_ends_at_the_target(collected: Wave) -> None:
    collected.target_responses = 20
    collected.save()
    assert read(collected).target == 20
    days = read(collected).days
    assert [day.arrived for day in days] == [0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 1]
    assert (days[-1].so_far, days[0].planned < days[-1].planned < 20) == (4, True)


def test_day_of_an_answer_is_that_of_the_office_and_not_of_greenwich(unguarded: None, collected: Wave) -> None:
    # Half past midnight in Shenzhen is still the day before in UTC.
    at = timezone.localtime().replace(hour=0, minute=30) - timedelta(days=5)
    Response.objects.filter(case__wave=collected).update(submitted_at=at)
    assert {day.day: day.arrived for day in read(collected).days if day.arrived} == {at.date(): 4}


def test_rates_by_design_and_size_weigh_each_case_by_its_own(collected: Wave) -> None:
    weights = {case.pk: case.sample_unit.design_weight for case in collected.cases.select_related("sample_unit__unit")}
    sizes = {case.pk: weights[case.pk] * case.sample_unit.unit.employees for case in collected.cases.all()}
    submitted = collected.cases.filter(status=CaseStatus.SUBMITTED.value).values_list("pk", flat=True)
    in_scope = collected.cases.exclude(disposition=Disposition.NOT_ELIGIBLE.value).values_list("pk", flat=True)
    rates = read(collected).rates
    for found, weight in ((rates.design, weights), (rates.size, sizes)):
        assert found is not None
        assert found.rr1 == pytest.approx(sum(weight[pk] for pk in submitted) / sum(weight[pk] for pk in in_scope))


def test_cases_stand_with_their_officer(
    collected: Wave, cases: list[Case], office_user: Callable[[Role], User]
) -> None:
    CaseWork.objects.create(case=cases[0], owner=office_user(Role.FIELD_OFFICER))
    rows = {row.name: (row.sampled, row.submitted) for row in dict(read(collected).groups)["officer"]}
    assert rows == {"": (23, 3), "field_officer_1": (1, 1)}


def test_likeness_is_that_of_the_firms_in_scope_and_stands_on_the_page(field_officer: Client, collected: Wave) -> None:
    likeness = read(collected).likeness
    assert likeness is not None
    assert [one.variable for one in likeness.variables] == ["industry", "size", "district"]
    weight = {case.pk: case.sample_unit.design_weight for case in collected.cases.select_related("sample_unit")}
    in_scope = collected.cases.exclude(disposition=Disposition.NOT_ELIGIBLE.value).values_list("pk", flat=True)
    submitted = collected.cases.filter(status=CaseStatus.SUBMITTED.value).values_list("pk", flat=True)
    share = sum(weight[pk] for pk in submitted) / sum(weight[pk] for pk in in_scope)
    assert likeness.response == pytest.approx(share, abs=1e-3)
    page = field_officer.get(reverse("wave_monitor", args=[collected.code])).content.decode()
    assert f"R-indicator {likeness.r:.3f}" in page
    assert "Nothing can be said" not in page


def test_likeness_is_not_told_before_anybody_has_answered(field_officer: Client, wave: Wave, cases: list[Case]) -> None:
    assert read(wave).likeness is None
    page = field_officer.get(reverse("wave_monitor", args=[wave.code])).content.decode()
    assert "Nothing can be said while nobody or everybody has answered." in page


def test_target_is_expected_at_the_pace_of_the_last_week(collected: Wave) -> None:
    monitor = read(collected)
    assert (monitor.target, monitor.forecast.missing) == (24, 20)
    assert monitor.forecast.pace == pytest.approx(3 / 7)
    assert monitor.reached_on is not None
    middle, earliest, latest = monitor.reached_on
    assert timezone.localdate() < earliest < middle < latest


def test_drafts_lie_on_the_page_they_were_saved_on_last(collected: Wave) -> None:
    assert [(row.page, row.drafts) for row in read(collected).break_offs] == [("p", 1)]


def test_fast_fillings_are_told_from_the_median(collected: Wave) -> None:
    monitor = read(collected)
    assert (monitor.minutes, monitor.fast, monitor.timed) == (10.25, 1, 4)


@pytest.mark.parametrize("count", [3, 24])
def test_number_of_queries_does_not_grow_with_the_cases(
    collected: Wave, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    wave = Wave.objects.select_related("survey", "version").get(pk=collected.pk)
    for case in Case.objects.filter(wave=wave, status=CaseStatus.NOT_STARTED.value)[: 24 - count]:
        case.delete()
    with django_assert_num_queries(8):
        monitor_of(wave, User(), timezone.now())


def test_page_shows_groups_rates_and_forecast(field_officer: Client, collected: Wave) -> None:
    page = field_officer.get(reverse("wave_monitor", args=[collected.code])).content.decode()
    for words in ("By district", "By stratum", "By day", "RR6", "20 responses are missing", "Where drafts lie"):
        assert words in page


def test_picture_of_the_days_has_numbers_and_days_on_its_axes(field_officer: Client, collected: Wave) -> None:
    page = field_officer.get(reverse("wave_monitor", args=[collected.code])).content.decode()
    up, along = (re.findall(rf'<text class="{axis}" [^>]*>([^<]*)</text>', page) for axis in ("up", "along"))
    assert up == ["0", "2", "4", "6", "8", "10"]
    assert along[0] == timezone.localtime(collected.opens_at).strftime("%m-%d")


def test_wave_without_a_sample_says_so(field_officer: Client, wave: Wave) -> None:
    assert "has no sample yet" in field_officer.get(reverse("wave_monitor", args=[wave.code])).content.decode()
    assert field_officer.get(reverse("wave_monitor_csv", args=[wave.code])).status_code == 404


def test_page_leads_to_the_other_waves_that_have_a_sample(
    field_officer: Client, collected: Wave, frame: Callable[..., SamplingFrame]
) -> None:
    sampled, _without = (
        Wave.objects.create(
            survey=collected.survey,
            code=code,
            title=collected.title,
            opens_at=collected.opens_at,
            closes_at=collected.closes_at,
        )
        for code in ("sampled", "without")
    )
    sampled_wave(sampled, frame(), 24)
    others = field_officer.get(reverse("wave_monitor", args=[collected.code])).context["others"]
    assert list(others) == [sampled]


def test_file_has_the_counts_of_the_page(field_officer: Client, collected: Wave) -> None:
    content = field_officer.get(reverse("wave_monitor_csv", args=[collected.code])).content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(content)))
    assert (rows[0]["grouping"], rows[0]["sampled"], rows[0]["submitted"]) == ("all", "24", "4")
    for grouping in ("district", "stratum"):
        assert sum(int(row["submitted"]) for row in rows if row["grouping"] == grouping) == 4
    assert [row["group"] for row in rows if row["grouping"] == "likeness"] == ["Industry", "Size class", "District"]


def test_officer_sees_the_progress_of_his_districts_alone(
    client: Client, office_user: Callable[[Role], User], collected: Wave, cases: list[Case]
) -> None:
    user = office_user(Role.FIELD_OFFICER)
    district = cases[0].sample_unit.unit.district
    Territory.objects.create(user=user, district=district)
    own = Case.objects.filter(wave=collected, sample_unit__unit__district=district)
    monitor = read(collected, user)
    assert (monitor.whole.sampled, monitor.target) == (own.count(), own.count())
    assert monitor.days[-1].so_far == own.filter(status=CaseStatus.SUBMITTED.value).count()


def test_wave_of_a_survey_of_others_is_not_found(
    client: Client, office_user: Callable[[Role], User], collected: Wave
) -> None:
    user = office_user(Role.FIELD_OFFICER)
    other = Survey.objects.create(
        code="other", title=collected.survey.title, form_number="T2", issuing_authority=collected.survey.title,
        approval_number="1", approval_expires=collected.survey.approval_expires, contact=collected.survey.title,
    )  # fmt: skip
    Territory.objects.create(user=user, survey=other)
    client.force_login(user)
    for page in ("wave_monitor", "wave_monitor_csv", "sample_page"):
        assert client.get(reverse(page, args=[collected.code])).status_code == 404


def test_menu_leads_to_the_wave_that_collects(field_officer: Client, collected: Wave) -> None:
    assert field_officer.get(reverse("monitor"))["Location"] == reverse("wave_monitor", args=[collected.code])


def test_without_a_sample_the_menu_leads_to_a_sentence(field_officer: Client, wave: Wave) -> None:
    assert "No wave has a sample yet" in field_officer.get(reverse("monitor")).content.decode()


def test_rates_are_not_told_where_every_firm_is_out_of_scope(field_officer: Client, collected: Wave) -> None:
    assert "—" not in rates_told(field_officer, collected)
    collected.cases.update(disposition=Disposition.NOT_ELIGIBLE.value)
    assert rates_told(field_officer, collected) == ["—", "—", "—"]


def rates_told(client: Client, wave: Wave) -> list[str]:
    """What stands in the table of response rates."""
    page = client.get(reverse("wave_monitor", args=[wave.code])).content.decode()
    return re.findall(r"<td[^>]*>([^<]*)</td>", page.split("RR6")[1].split("</table>")[0])
