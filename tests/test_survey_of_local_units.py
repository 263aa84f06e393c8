"""The way of a survey that asks local units: from its list to published figures, in their words, by firms protected."""

import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import translation
from docx import Document
from openpyxl import load_workbook

from survey.asked_terms.speaking import speaking_of
from survey.exchange.figures.chart_style import remembered
from survey.exchange.letters.mailing_files import address_lines
from survey.exchange.microdata.content import microdata_of
from survey.exchange.release.content import content_of_cut
from survey.exchange.release.report import release_report
from survey.exchange.release.text_sheets import Life
from survey.exchange.release.wording import Planned
from survey.exchange.release.workbook import release_workbook
from survey.instrument.plan.plan import NO_PLAN
from survey.management.demonstration.firms import fictitious_credit_code
from survey.methods.clearing.behind import units_of
from survey.methods.released.publication import languages_of, publication_of
from survey.models import Case, Cut, Firm, FirmGroup, LocalUnit, Response, SamplingFrame, Wave
from survey.selectors.fieldwork.cases import CaseFilter, filtered_cases
from survey.selectors.respondent.firm_facts import frame_facts
from survey.selectors.results.cleared import cleared_tables, words_of_cut
from survey.selectors.results.extract import collected_of
from survey.selectors.results.register_facts import with_register
from survey.selectors.results.wave_results import prepared_of
from survey.selectors.said import said
from survey.services.fieldwork.sampling import draw_sample
from survey.services.fieldwork.sampling_refusals import SamplingError
from survey.services.frame.importing import import_frame
from survey.services.register.from_frame import register_frame
from survey.services.results.cuts import make_cut
from survey.terms import AskedUnit, Role
from tests.answered import ITEMS, answer, in_another_version, sampled_wave
from tests.frame_lists import HEADERS
from tests.local_units import EACH, by_local_units

FIRM = re.compile(r"\bfirms?\b|企业", re.IGNORECASE)
MEANS_FIRMS = (
    "units of fewer than", "few firms dominate", "would tell of these firms", "enterprise group", "about single firms",
    "threshold", "企业集团", "分属", "这些企业", "个别企业", "少数企业", "firm-", "规定下限", "被调查最多的企业", "of too few firms",
)  # fmt: skip
"""What is said of firms also where units are asked: those that know one another are protected as one."""


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    """108 of 120 local units answered, three of each firm."""
    return answered_by_units(wave, frame, 108)


def answered_by_units(wave: Wave, frame: Callable[..., SamplingFrame], answers: int) -> Wave:
    """All of 120 local units are asked, and so many answer; the plan has no word of a designer."""
    sampled_wave(wave, by_local_units(wave, frame), 120)
    in_another_version(wave, *ITEMS, plan=NO_PLAN)
    answer(wave, answers)
    return wave


@pytest.fixture
def cut(answered: Wave) -> Cut:
    return make_cut(wave=answered, actor=None)


def about_firms(texts: Iterator[str]) -> list[str]:
    """The sentences that say firms where they mean those that were asked."""
    found = (part for text in texts for part in re.split(r"[.。;；\n]", text) if FIRM.search(part))
    return [part.strip() for part in found if not any(word in part for word in MEANS_FIRMS)]


def texts_of(value: object) -> Iterator[str]:
    """Every text of a value of JSON, without keys and codes."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in texts_of(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in texts_of(part))


def test_each_unit_of_a_firm_is_a_case_with_a_random_number_of_its_own(answered: Wave) -> None:
    cases = Case.objects.filter(wave=answered).select_related("sample_unit__unit")
    own = {case.sample_unit.unit.identity for case in cases}
    numbers = {case.sample_unit.permanent_random_number for case in cases}
    firms = {case.sample_unit.unit.credit_code for case in cases}
    assert (len(own), len(numbers), len(firms), len({case.code_hash for case in cases})) == (120, 120, 40, 120)


def test_survey_of_local_units_is_not_drawn_from_a_list_of_firms(
    wave: Wave, frame: Callable[..., SamplingFrame]
) -> None:
    of_units = by_local_units(wave, frame, 40)
    of_firms = frame(units=40)
    with pytest.raises(SamplingError) as refused:
        draw_sample(wave=wave, frame=of_firms, size=24, method="proportional", seed=1, actor=None)
    assert refused.value.code == "lists_firms"
    wave.survey.asks = AskedUnit.FIRM.value
    wave.survey.save()
    with pytest.raises(SamplingError) as refused:
        draw_sample(wave=wave, frame=of_units, size=24, method="proportional", seed=1, actor=None)
    assert refused.value.code == "lists_units"


def test_units_of_one_firm_are_one_behind_a_figure(answered: Wave) -> None:
    collected = with_register(prepared_of(answered), answered).collected
    units = units_of(collected, collected.answered).unit
    codes = [key.split("/")[0] for key in collected_of(answered).firms]
    assert len(np.unique(units)) == len(set(codes)) < len(codes) == 108
    assert len({(unit, code) for unit, code in zip(units.tolist(), codes, strict=True)}) == len(set(codes))


def test_units_of_firms_of_one_group_are_one_behind_a_figure(answered: Wave) -> None:
    units = {case.sample_unit.unit for case in Case.objects.filter(wave=answered)}
    group = FirmGroup.objects.create(name="集团")
    firms = sorted({unit.firm for unit in units if unit.firm}, key=lambda firm: firm.pk)
    for firm in firms[:2]:
        firm.group = group
        firm.save()
    collected = with_register(prepared_of(answered), answered).collected
    assert collected.enterprise is not None
    assert len(np.unique(collected.enterprise)) == len(firms) - 1


def statuses(wave: Wave) -> set[str]:
    """Of all figures of a cut on the first question, over all firms."""
    cut = make_cut(wave=wave, actor=None)
    table = cleared_tables(cut, words_of_cut(cut, "en"))["ranking_severity"]
    return {cell.status.value for _row, _column, cell in table.walk()}


def test_figures_on_many_units_of_few_firms_are_withheld(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    """27 units of 9 firms answered: enough units, too few firms."""
    assert statuses(answered_by_units(wave, frame, 27)) == {"withheld"}


def test_figures_on_as_many_firms_are_told(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    in_another_version(sampled_wave(wave, frame(units=120), 120), *ITEMS, plan=NO_PLAN)
    answer(wave, 27)
    assert statuses(wave) == {"unreliable"}


def test_units_of_one_firm_that_answer_later_change_no_figure(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    """12 further units of 4 firms: the difference to the cut before would tell of these firms."""
    answered_by_units(wave, frame, 60)
    first = make_cut(wave=wave, actor=None)
    before = cleared_tables(first, words_of_cut(first, "en"))["ranking_severity"]
    answer(wave, 12)
    second = make_cut(wave=wave, actor=None)
    assert second.number == 2
    assert cleared_tables(second, words_of_cut(second, "en"))["ranking_severity"].cells == before.cells


def test_release_tells_of_local_units_in_both_languages(cut: Cut) -> None:
    content = json.loads(json.dumps(content_of_cut(cut, Planned())))
    words = [content["languages"][language] for language in languages_of(content)]
    assert about_firms(texts_of(words)) == []


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_workbook_and_report_tell_of_local_units(cut: Cut, language: str) -> None:
    publication = publication_of(content_of_cut(cut, Planned()), language)
    life = Life(number=1, digest="d" * 64, state="draft")
    book = load_workbook(BytesIO(release_workbook([publication], life)))
    cells = (str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    assert about_firms(iter([*(sheet.title for sheet in book), *cells])) == []
    report = Document(BytesIO(release_report([publication], life)))
    rows = (cell.text for table in report.tables for row in table.rows for cell in row.cells)
    assert about_firms(iter([*(paragraph.text for paragraph in report.paragraphs), *rows])) == []


@pytest.mark.parametrize("page", ["dashboard", "working_figures", "wave_monitor"])
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_pages_with_figures_tell_of_local_units(
    cut: Cut, as_role: Callable[[Role], Client], page: str, language: str
) -> None:
    role = Role.FIELD_OFFICER if page == "wave_monitor" else Role.METHODOLOGIST
    client = as_role(role)
    address = (
        reverse(page, args=[cut.wave.code])
        if page == "wave_monitor"
        else f"{reverse(page)}?chapter=all&wave={cut.wave.code}"
    )
    client.cookies["django_language"] = language
    answered = client.get(address)
    main = answered.content.decode().split('id="content"')[-1].split("<footer")[0]
    text = re.sub(r"<script.*?</script>", "\n", main, flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", "\n", text)
    charts = re.findall(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', main, flags=re.DOTALL)
    told = (text for chart in charts for text in texts_of(json.loads(chart)))
    assert answered.status_code == 200
    assert about_firms(iter([text, *told])) == []


def test_charts_that_were_drawn_of_firms_are_drawn_anew_of_units() -> None:
    """Pictures are kept by all that they say."""

    @remembered
    def picture() -> Any:
        return alt.Chart(title=said("Share of firms")).mark_bar()

    with translation.override("en"):
        of_firms = picture().specification["title"]
        with speaking_of(AskedUnit.LOCAL_UNIT):
            assert (of_firms, picture().specification["title"]) == ("Share of firms", "Share of local units")


def test_microdata_have_a_number_of_the_firm_that_tells_its_units_alone(answered: Wave) -> None:
    data = microdata_of(answered)
    place = data.heads.index("firm#firm")
    counts = np.bincount([row[place] for row in data.rows])
    assert (len(data.rows), counts.max(), set(data.heads) & {"credit_code", "unit_key"}) == (108, EACH, set())


def test_last_answers_are_those_of_the_unit(answered: Wave) -> None:
    unit = Case.objects.filter(wave=answered)[0].sample_unit.unit
    facts = frame_facts(unit)
    assert (facts["frame_credit_code"], facts["frame_unit_key"]) == (unit.credit_code, unit.unit_key)


def test_unit_is_found_by_its_number_and_named_with_it(answered: Wave, office_user: Callable[[Role], User]) -> None:
    case = Case.objects.filter(wave=answered).select_related("sample_unit__unit__local_unit")[4]
    unit = case.sample_unit.unit
    found = filtered_cases(answered, CaseFilter(text=unit.name), office_user(Role.FIELD_OFFICER))
    assert ([each.pk for each in found], unit.full_name) == ([case.pk], f"{unit.name} ({unit.unit_key})")
    assert unit.local_unit is not None
    assert address_lines(case)[:2] == ("总部", unit.full_name)
    assert address_lines(case)[-1] == unit.local_unit.address


@pytest.mark.usefixtures("classified", "english")
def test_list_of_local_units_becomes_figures_about_them(wave: Wave, as_role: Callable[[Role], Client]) -> None:
    """The whole way: a list is put in, drawn, answered and cut; the dashboard tells of local units."""
    codes = [fictitious_credit_code("440305", serial) for serial in range(1, 41)]
    kinds = [("3911", 1200, 56000), ("3911", 150, 5000), ("65", 30, 800), ("65", 5, 40)]
    rows = [
        [code, f"{unit:03d}", f"{code[-4:]}第{unit}分厂", "南山区" if unit % 2 else "福田区", *kinds[number % 4]]
        for number, code in enumerate(codes)
        for unit in range(1, EACH + 1)
    ]
    table = pd.DataFrame(rows, columns=["统一社会信用代码", "单位编号", *HEADERS[1:6]], dtype=object)
    frame = import_frame(rows=table, title="产业活动单位", actor=None, lists=AskedUnit.LOCAL_UNIT)
    register_frame(frame=frame, actor=None)
    wave.survey.asks = AskedUnit.LOCAL_UNIT.value
    wave.survey.save()
    in_another_version(sampled_wave(wave, frame, 100), *ITEMS, plan=NO_PLAN)
    answer(wave, 90)
    make_cut(wave=wave, actor=None)
    page = as_role(Role.ANALYST).get(f"{reverse('dashboard')}?chapter=all&wave={wave.code}").content.decode()
    assert (Firm.objects.count(), LocalUnit.objects.count(), frame.units.count()) == (40, 120, 120)
    assert "about 90 local units answered" in page
    assert "Share of local units" in page


def test_words_of_firms_come_back_behind_a_page_of_local_units() -> None:
    with translation.override("en"):
        with speaking_of(AskedUnit.LOCAL_UNIT):
            assert said("Share of firms") == "Share of local units"
        assert said("Share of firms") == "Share of firms"


def test_nothing_is_lost_of_what_units_answered(answered: Wave) -> None:
    assert Response.objects.filter(case__wave=answered, is_current=True).count() == 108
