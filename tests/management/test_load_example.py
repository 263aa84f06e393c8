"""A survey that is shipped as content is loaded by the services of real users, beside any other survey."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from survey.exchange.release.files import book_of
from survey.instrument.lint.questionnaire import lint
from survey.management.examples.answers import answers_of_firm
from survey.management.examples.content import Example, NoSuchExampleError, examples_folder, read_example
from survey.management.examples.loading import load_content, month_before
from survey.methods.tables.table import ProtectedTable
from survey.models import (
    AnalysisPlan,
    FrameUnit,
    Job,
    Questionnaire,
    QuestionnaireVersion,
    Response,
    SamplingFrame,
    Survey,
    Wave,
)
from survey.selectors.design.plan import plan_check, read_plan
from survey.selectors.design.questionnaire import read_questionnaire
from survey.selectors.results.extract import submitted_responses
from survey.selectors.results.wave_comparison import published_results
from survey.services.frame.credit_code import credit_code_fault
from survey.services.results.cuts import make_cut
from survey.terms import CellStatus, Role, VersionStatus, WaveStatus
from tests.answered import answered_wave
from tests.released import draft_of

NAMES = sorted(path.name for path in examples_folder().iterdir())


@pytest.fixture
def shortened(tmp_path: Path, settings: Any) -> Callable[[str], str]:
    """The same example with a tenth of its firms, in a folder of its own."""

    def make(name: str) -> str:
        recipe = json.loads((examples_folder() / name / "waves.json").read_text("utf-8"))
        recipe["frame"]["firms"] //= 5
        for wave in recipe["waves"]:
            wave["sample"] //= 4
        folder = tmp_path / "fixtures" / "examples" / name
        folder.mkdir(parents=True)
        for part in ("survey", "questionnaire", "plan"):
            (folder / f"{part}.json").write_text(
                (examples_folder() / name / f"{part}.json").read_text("utf-8"), "utf-8"
            )
        (folder / "waves.json").write_text(json.dumps(recipe), "utf-8")
        settings.BASE_DIR, settings.VAR_DIR, settings.DEBUG = tmp_path, tmp_path, True
        return name

    return make


def load(name: str, *options: str) -> str:
    out = StringIO()
    call_command("load_example", name, *options, stdout=out)
    return out.getvalue()


@pytest.fixture(params=NAMES)
def example(request: pytest.FixtureRequest) -> Example:
    return read_example(request.param)


@pytest.mark.usefixtures("classified")
def test_example_has_nothing_to_mend(example: Example) -> None:
    stored = load_content(example)
    content = read_questionnaire(stored.pk)
    assert (lint(content), plan_check(content, read_plan(stored.pk))) == ((), ())


@pytest.mark.usefixtures("classified")
def test_stored_example_is_its_content(example: Example) -> None:
    stored = load_content(example)
    assert read_questionnaire(stored.pk) == example.questionnaire
    assert (read_plan(stored.pk), AnalysisPlan.objects.count()) == (example.plan, 1)


def test_recipe_answers_every_item_that_must_be_answered(example: Example) -> None:
    required = {item.code for item in example.questionnaire.items.values() if item.required}
    for wave in example.waves:
        assert required <= wave.answers.keys() <= example.questionnaire.items.keys()


def test_answers_of_a_firm_are_the_same_for_the_same_seed() -> None:
    recipe: dict[str, dict[str, Any]] = {
        "a": {"shares": {"up": 0.3, "same": 0.4, "down": 0.3}},
        "b": {"mean": 70, "spread": 10},
    }
    assert answers_of_firm("91X", 5, recipe) == answers_of_firm("91X", 5, recipe)
    assert answers_of_firm("91X", 5, recipe) != answers_of_firm("91Y", 6, recipe)


def test_options_are_chosen_as_often_as_the_recipe_says() -> None:
    recipe: dict[str, dict[str, Any]] = {"a": {"shares": {"up": 0.2, "same": 0.5, "down": 0.3}}}
    drawn = [answers_of_firm(f"firm{number}", 1, recipe)["a"] for number in range(4000)]
    assert [round(drawn.count(code) / 4000, 1) for code in ("up", "same", "down")] == [0.2, 0.5, 0.3]


@pytest.mark.usefixtures("classified")
def test_waves_are_collected_and_closed(shortened: Callable[[str], str]) -> None:
    said = load(shortened("tendency"))
    waves = list(Wave.objects.order_by("opens_at"))
    assert [wave.status for wave in waves] == [WaveStatus.CLOSED, WaveStatus.CLOSED]
    assert said.count("firms have answered") == len(waves) == 2
    assert QuestionnaireVersion.objects.get().status == VersionStatus.FIELDED
    assert {wave.cases.filter(disposition="unknown_if_eligible").count() for wave in waves} == {0}


@pytest.mark.usefixtures("classified")
def test_firms_are_fictitious_with_valid_codes(shortened: Callable[[str], str]) -> None:
    load(shortened("tendency"))
    codes = list(FrameUnit.objects.values_list("credit_code", flat=True))
    assert ({credit_code_fault(code) for code in codes}, {code[8] for code in codes}) == ({""}, {"Y"})


@pytest.mark.usefixtures("classified")
def test_answers_hold_to_the_route(shortened: Callable[[str], str]) -> None:
    load(shortened("tendency"))
    for answers in Response.objects.values_list("answers", flat=True):
        assert ("export_orders" in answers) == (answers["exports"] == "yes")


@pytest.mark.usefixtures("classified")
def test_second_loading_changes_nothing(shortened: Callable[[str], str]) -> None:
    name = shortened("tendency")
    load(name, "--without-answers")
    assert "Nothing is changed." in load(name)
    assert (Survey.objects.count(), Wave.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_content_alone_is_loaded_where_made_up_answers_are_not_wanted(settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="--without-answers"):
        load("tendency")
    load("tendency", "--without-answers")
    assert (Questionnaire.objects.get().code, Wave.objects.count()) == ("tendency", 0)


@pytest.mark.django_db
def test_unknown_example_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(CommandError, match="Choose among: tendency"):
        load("nothing")
    with pytest.raises(NoSuchExampleError):
        read_example("..")


@pytest.mark.parametrize(("count", "then"), [(0, "2026-01"), (1, "2025-12"), (13, "2024-12")])
def test_month_before_counts_over_the_year(count: int, then: str) -> None:
    assert f"{month_before(datetime(2026, 1, 31, 15, tzinfo=UTC), count):%Y-%m %d %H}" == f"{then} 01 00"


@pytest.mark.usefixtures("classified")
def test_cuts_of_the_waves_are_asked_for_in_their_order(shortened: Callable[[str], str]) -> None:
    said = load(shortened("tendency"))
    cuts = list(Job.objects.filter(kind="cut").order_by("pk").values_list("subject", flat=True))
    assert cuts == [str(wave) for wave in Wave.objects.order_by("opens_at")]
    assert said.endswith("manage.py worker.\n")


def rows_of(file: bytes) -> str:
    """Every text of a workbook."""
    book = openpyxl.load_workbook(BytesIO(file))
    cells = (cell for sheet in book for line in sheet.iter_rows(values_only=True) for cell in line)
    return "\n".join([*book.sheetnames, *(str(cell) for cell in cells if cell is not None)])


@pytest.mark.usefixtures("classified", "english")
def test_example_beside_another_survey_leaves_its_results_as_they_were(
    shortened: Callable[[str], str],
    wave: Wave,
    frame: Callable[..., SamplingFrame],
    client: Client,
    office_user: Callable[[Role], User],
) -> None:
    answered_wave(wave, frame, firms=120, sample=80, answers=60)
    client.force_login(office_user(Role.METHODOLOGIST))
    client.cookies["django_language"] = "en"

    def figures() -> dict[str, Any]:
        tables = published_results(Wave.objects.get(code="w1"), "en").tables
        return {
            code: [(row.code, column.code, cell) for row, column, cell in each.walk()] for code, each in tables.items()
        }

    def blocks() -> list[str]:
        """The sections of the page without the time of day and the key of its forms."""
        page = client.get("/admin/dashboard/working/", {"chapter": "all", "wave": "w1"}).content.decode()
        page = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d|csrfmiddlewaretoken.*", "", page)
        return [part.split("</section>")[0] for part in page.split("<section")[1:]]

    before = figures(), blocks()
    load(shortened("tendency"))
    assert (figures(), blocks()) == before


@pytest.mark.usefixtures("classified")
def test_workbook_of_each_survey_names_nothing_of_the_other(
    shortened: Callable[[str], str], wave: Wave, frame: Callable[..., SamplingFrame]
) -> None:
    answered_wave(wave, frame, firms=120, sample=80, answers=60)
    load(shortened("tendency"))
    newest = Wave.objects.exclude(code="w1").order_by("-opens_at")[0]
    texts = {}
    for each in (Wave.objects.get(code="w1"), newest):
        texts[each.code] = rows_of(book_of(draft_of(each), "en"))
    own = {"w1": ("Pain B1", "Protocols"), newest.code: ("Manufacturing climate index", "Capacity utilisation")}
    for code, words in own.items():
        others = [word for other, found in own.items() if other != code for word in found]
        assert ([word in texts[code] for word in words], [word for word in others if word in texts[code]]) == (
            [True] * 2,
            [],
        )
    assert [word for word in ("pain point", "5G", "industrial internet") if word in texts[newest.code].lower()] == []


def shown(table: ProtectedTable) -> dict[str, float]:
    """The figures of a table by row, without those that are too unreliable to be shown."""
    return {row.code: round(cell.estimate, 6) for row, _column, cell in table.walk() if cell.estimate is not None}


def withheld(table: ProtectedTable) -> dict[str, tuple[CellStatus, int | None]]:
    """The rows of a table that show no figure: why, and of how many firms they would be."""
    return {row.code: (cell.status, cell.n) for row, _column, cell in table.walk() if cell.estimate is None}


@pytest.mark.usefixtures("classified")
def test_balances_and_index_are_those_worked_by_hand(shortened: Callable[[str], str]) -> None:
    load(shortened("tendency"))
    wave = Wave.objects.earliest("opens_at")
    results = published_results(wave, "en")
    weights = results.prepared.extract.weight
    answers = list(submitted_responses(wave).order_by("case_id").values_list("answers", flat=True))

    def balance(item: str) -> float:
        scores = [{"up": 1, "same": 0, "down": -1}[answer[item]] for answer in answers]
        return float(100 * sum(w * score for w, score in zip(weights, scores, strict=True)) / sum(weights))

    items = ("production", "new_orders", "employment", "deliveries", "stocks_materials")
    balances, diffusion = shown(results.tables["change_balances"]), shown(results.tables["indices"])
    exporters = [answer for answer in answers if answer["exports"] == "yes"]
    assert withheld(results.tables["change_balances"]) == {"export_orders": (CellStatus.UNRELIABLE, len(exporters))}
    assert [balances[item] for item in items] == [round(balance(item), 6) for item in items]
    assert diffusion["new_orders_index"] == round(50 + balance("new_orders") / 2, 6)
    stated = {"new_orders": 0.3, "production": 0.25, "employment": 0.2, "deliveries": -0.15, "stocks_materials": 0.1}
    index = 50 + sum(weight * balance(item) / 2 for item, weight in stated.items())
    assert shown(results.tables["climate_index"]) == {"climate": round(index, 6)}


OTHER_SUBJECT = re.compile("5G|pain point|serious|industrial internet|痛点企业|严重|工业互联网|主题", re.IGNORECASE)
"""Words of the shipped questionnaire, and of scales and themes, which this survey has none of."""


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Manufacturing climate index", "Capacity utilisation: mean", "Diffusion indices")),
        ("zh-hans", ("制造业景气指数", "产能利用率：均值", "分类扩散指数")),
    ],
)
@pytest.mark.parametrize("address", ["/admin/dashboard/", "/admin/dashboard/working/"])
@pytest.mark.usefixtures("classified")
def test_dashboard_speaks_of_its_own_subject_only(
    shortened: Callable[[str], str], as_role: Any, address: str, language: str, words: tuple[str, ...]
) -> None:
    load(shortened("tendency"))
    earlier, newest = Wave.objects.order_by("opens_at")
    for wave in (earlier, newest):
        make_cut(wave=wave, actor=None)
    methodologist = as_role(Role.METHODOLOGIST)
    methodologist.cookies["django_language"] = language
    page = methodologist.get(address, {"chapter": "all", "wave": newest.code, "against": earlier.code}).content.decode()
    # The letters of a token come by chance.
    main = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page[page.index("<main") :])
    compared = earlier.title.en if language == "en" else earlier.title.zh
    assert [word for word in (compared, *words) if word not in main] == []
    assert OTHER_SUBJECT.findall(main) == []
