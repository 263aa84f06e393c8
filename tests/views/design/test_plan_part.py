"""Every part of a plan goes in and out as it is, and nothing that was written is lost."""

from dataclasses import replace
from typing import Any

import pytest
from django.forms import CheckboxSelectMultiple
from django.test import Client

from survey.instrument.plan.plan import Threshold
from survey.instrument.plan.weighting import FilledItem, StatedShare
from survey.instrument.schema import Text
from survey.models import AnalysisPlan as StoredPlan
from survey.models import Questionnaire
from survey.selectors.design.plan import read_draft, read_plan
from survey.terms import IndicatorKind
from survey.weighting_terms import FillingRule, FrameMargin, FrameTotal
from tests.instrument.plan.small import PLAN

PAGE = "/admin/questionnaires/small/plan/"
KINDS = {"scale": "scales", "theme": "themes", "indicator": "indicators", "group": "groups", "table": "blocks"}


def sent(page: Any) -> dict[str, Any]:
    """What a browser sends from a form that nobody touched."""
    form = page.context["form"]
    fields = {form.add_prefix(name): form[name] for name in form.fields}
    for rows in getattr(form, "rows", {}).values():
        fields |= {each.html_name: each for each in rows.management_form}
        fields |= {each.html_name: each for row in rows.forms for each in row}
    said: dict[str, Any] = {"revision": page.context["revision"]}
    for name, field in fields.items():
        value = field.value()
        if isinstance(field.field.widget, CheckboxSelectMultiple):
            said[name] = list(value or [])
        elif hasattr(value, "to_dict"):
            said |= {f"{name}_{language}": wording for language, wording in value.to_dict().items()}
        elif value is not None and value is not False:
            said[name] = " ".join(value) if isinstance(value, list | tuple) else value
    return said


@pytest.mark.parametrize("kind", KINDS)
def test_saving_a_part_untouched_changes_nothing(designer: Client, planned: Questionnaire, kind: str) -> None:
    for place in range(len(getattr(PLAN, KINDS[kind]))):
        address = f"{PAGE}{kind}/{place}/"
        response = designer.post(address, sent(designer.get(address)))
        assert response.headers["Location"] == f"{PAGE}#{kind}"
    assert read_plan(planned.pk) == PLAN


def test_saving_words_and_protection_untouched_changes_nothing(designer: Client, planned: Questionnaire) -> None:
    for page in ("names/", "protection/"):
        assert designer.post(PAGE + page, sent(designer.get(PAGE + page))).status_code == 302
    assert read_plan(planned.pk) == PLAN


def test_filter_gets_the_words_that_its_base_is_said_in(designer: Client, planned: Questionnaire) -> None:
    words = {"filters-0-condition": "${uses} = 'yes'", "filters-0-text_zh": "在用", "filters-0-text_en": "in use"}
    designer.post(f"{PAGE}names/", {**sent(designer.get(f"{PAGE}names/")), **words})
    assert read_plan(planned.pk) == replace(PLAN, filters={"${uses} = 'yes'": Text("在用", "in use")})


def test_part_is_added(designer: Client, small: Questionnaire) -> None:
    filled = {
        "code": "in_use", "text_zh": "在用", "text_en": "In use", "figure": "share", "item": "uses", "options": "yes",
        "decimals": 1, "revision": 0, "parts-TOTAL_FORMS": 0, "parts-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert designer.post(f"{PAGE}indicator/add/", filled).status_code == 302
    (indicator,) = read_plan(small.pk).indicators
    assert (indicator.code, indicator.kind, indicator.options) == ("in_use", IndicatorKind.SHARE, ("yes",))


def test_part_that_cannot_be_read_is_shown_again_with_what_was_written(designer: Client, small: Questionnaire) -> None:
    filled = {"code": "1x", "text_en": "In use", "revision": 0, "parts-TOTAL_FORMS": 0, "parts-INITIAL_FORMS": 0}
    response = designer.post(f"{PAGE}indicator/add/", filled)
    page = response.content.decode()
    assert ("<title>Error: " in page, 'value="1x"' in page, 'value="In use"' in page) == (True, True, True)
    assert StoredPlan.objects.count() == 0


def test_row_without_a_code_is_not_lost(designer: Client, planned: Questionnaire) -> None:
    address = f"{PAGE}scale/0/"
    response = designer.post(address, {**sent(designer.get(address)), "steps-4-text_en": "Unsure"})
    assert "The row has no code." in response.content.decode()
    assert read_plan(planned.pk) == PLAN


def test_rows_stand_in_the_order_of_their_numbers(designer: Client, planned: Questionnaire) -> None:
    address = f"{PAGE}scale/0/"
    designer.post(address, {**sent(designer.get(address)), "steps-0-ORDER": 9})
    assert read_plan(planned.pk).scales[0].codes == ("same", "down", "up")


def test_stale_page_is_refused_and_keeps_what_was_written(designer: Client, planned: Questionnaire) -> None:
    address = f"{PAGE}theme/0/"
    filled = {**sent(designer.get(address)), "text_en": "Written meanwhile"}
    designer.post(f"{PAGE}theme/0/remove/", {"revision": 3})
    designer.post(f"{PAGE}theme/take-over/", {"revision": 4})
    StoredPlan.objects.update(content=PLAN.to_dict(), revision=6)
    response = designer.post(address, filled)
    page = response.content.decode()
    assert (response.status_code, "Written meanwhile" in page, "by somebody else" in page) == (409, True, True)
    assert read_draft(planned.pk).plan == PLAN


def test_stale_page_shows_both_values_and_saves_when_they_were_seen(designer: Client, planned: Questionnaire) -> None:
    address = f"{PAGE}theme/0/"
    opened = designer.get(address)
    filled = {**sent(opened), "part": opened.context["part"], "text_en": "Written meanwhile"}
    designer.post(address, {**sent(opened), "text_en": "By a colleague"})
    refused = designer.post(address, filled)
    [both] = [each for each in refused.context["conflicts"] if each.stored != each.typed]
    assert (both.stored, both.typed) == ("By a colleague", "Written meanwhile")
    assert "Both values stand side by side" in refused.content.decode()
    designer.post(address, {**filled, "revision": refused.context["revision"]})
    assert read_plan(planned.pk).themes[0].text.en == "Written meanwhile"


def test_stale_page_follows_its_part_when_others_were_moved(designer: Client, planned: Questionnaire) -> None:
    address = f"{PAGE}table/0/"
    opened = designer.get(address)
    filled = {**sent(opened), "part": opened.context["part"], "text_en": "Written meanwhile"}
    designer.post(f"{PAGE}table/0/move/", {"by": "1", "revision": 3})
    refused = designer.post(address, filled)
    designer.post(address, {**filled, "revision": refused.context["revision"]})
    before, after = PLAN.blocks, read_plan(planned.pk).blocks
    assert [table.code for table in after] == [before[1].code, before[0].code, *(table.code for table in before[2:])]
    assert after[1].text.en == "Written meanwhile"


def test_part_that_was_taken_out_meanwhile_comes_back_when_it_is_saved(
    designer: Client, planned: Questionnaire
) -> None:
    address = f"{PAGE}theme/0/"
    opened = designer.get(address)
    filled = {**sent(opened), "part": opened.context["part"]}
    designer.post(f"{PAGE}theme/0/remove/", {"revision": 3})
    refused = designer.post(address, filled)
    assert refused.status_code == 409
    designer.post(address, {**filled, "revision": refused.context["revision"]})
    assert read_plan(planned.pk).themes == PLAN.themes


def test_groups_are_chosen_two_at_once(designer: Client, small: Questionnaire) -> None:
    rule = {"firms": 10, "dominant": 2, "dominance": 0.85, "p": 0.1, "revision": 0}
    chosen = ["industry+size", "size+district"]
    assert designer.post(f"{PAGE}protection/", {**rule, "crossings": chosen}).status_code == 302
    assert read_plan(small.pk).crossings == (("industry", "size"), ("size", "district"))
    assert designer.get(f"{PAGE}protection/").context["form"]["crossings"].value() == chosen
    assert designer.get(PAGE).context["crossings"] == ["Industry × Size of the firm", "Size of the firm × District"]


def test_threshold_below_three_is_refused(designer: Client, small: Questionnaire) -> None:
    filled = {"firms": 2, "dominant": 2, "dominance": 0.85, "p": 0.1, "revision": 0}
    assert designer.post(f"{PAGE}protection/", filled).status_code == 200
    assert read_plan(small.pk).threshold == Threshold()


def weights_sent(designer: Client) -> dict[str, Any]:
    """The form of the weights as it is shown; ticked boxes are sent one by one."""
    page = designer.get(f"{PAGE}weighting/")
    chosen = page.context["form"]
    return {**sent(page), **{name: [word.value for word in chosen[name].value()] for name in ("margins", "numbers")}}


def test_saving_weights_untouched_changes_nothing(designer: Client, planned: Questionnaire) -> None:
    assert designer.post(f"{PAGE}weighting/", weights_sent(designer)).status_code == 302
    assert read_plan(planned.pk) == PLAN


def test_chosen_weights_are_stored_and_shown(designer: Client, planned: Questionnaire) -> None:
    filled = {
        **weights_sent(designer),
        "eligibility": "stated",
        "reason_zh": "名录核查",
        "reason_en": "Register",
        "stated-0-share": "0.9",
        "filled-0-item": "turnover",
        "filled-0-filling": "ratio",
        "filled-0-by": "revenue",
        "margins": ["size"],
    }
    assert designer.post(f"{PAGE}weighting/", filled).status_code == 302
    weighting = read_plan(planned.pk).weighting
    assert weighting.stated == (StatedShare(share=0.9),)
    assert weighting.filled == (FilledItem(item="turnover", filling=FillingRule.RATIO, by=FrameTotal.REVENUE),)
    assert (weighting.margins, weighting.reason.of("en")) == ((FrameMargin.SIZE,), "Register")
    assert ("Reason", "Register") in designer.get(PAGE).context["weighting"]
