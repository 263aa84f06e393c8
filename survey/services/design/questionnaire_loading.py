"""A questionnaire that came from outside, stored as a draft: whole, in one transaction, with its entry in the audit."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, Protocol

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_noop as _
from simple_history.utils import bulk_create_with_history

from survey import models
from survey.complaints import Catalogue, Entry
from survey.instrument.languages import further_languages
from survey.instrument.schema import Item, Option, Page, Questionnaire, Section
from survey.selectors.design.questionnaire import read_look_ups
from survey.services.audit import record_action
from survey.services.design.edit_rules import store_edit_rule
from survey.services.refusals import RefusedError

CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


class LoadingRefusedError(RefusedError):
    """Why a questionnaire is not stored; nothing of it is."""

    catalogue = Catalogue(
        entries={
            "survey_missing": Entry(_("The questionnaire “%(code)s” is new."), _("Say which survey it belongs to.")),
            "survey_unknown": Entry(_("There is no survey “%(value)s”."), _("Name one of: %(known)s.")),
            "code_form": Entry(
                _("“%(code)s” cannot be a code."),
                _("Begin with a letter and use only letters, digits and underscores."),
            ),
            "pain_point_unknown": Entry(
                _("There is no pain point %(codes)s."), _("Add it, or leave the cells of tongdian::pain_point empty.")
            ),
            "code_twice": Entry(
                _("The code “%(code)s” stands more than once."), _("Give each part and each option a code of its own.")
            ),
            "exists": Entry(
                _("The questionnaire “%(code)s” exists already."),
                _("Replace its draft, or give the form another code."),
            ),
        }
    )


@transaction.atomic
def load_questionnaire(
    *, content: Questionnaire, survey: models.Survey | None, replace: bool, actor: User | None
) -> models.Questionnaire:
    """Store ``content`` as the draft of the questionnaire with its code, in ``survey`` where it is a new one.

    An existing draft is replaced only with ``replace``; its published versions stay. Raises ``LoadingRefusedError``.
    """
    # Before anything is written: the database would refuse a repeated code too, but could not say which it is.
    _refuse_repeated_codes(content)
    pain_points = _pain_points(content)
    questionnaire = models.Questionnaire.objects.select_for_update().filter(code=content.code).first()
    if questionnaire is None:
        questionnaire = _new(content, survey)
    elif not replace:
        raise LoadingRefusedError("exists", content.code, code=content.code)
    else:
        _empty(questionnaire, content)
    _offer_languages(questionnaire.survey, content)
    loader = _Loader(questionnaire, pain_points)
    loader.store(content)
    counts = {"items": len(content.items), "replaced": replace, "digest": content.digest}
    record_action(actor=actor, verb="load_questionnaire", subject=questionnaire, **counts)
    return questionnaire


def _offer_languages(survey: models.Survey, content: Questionnaire) -> None:
    """The survey's other texts can be written in the languages of its questionnaire from now on."""
    new = [language for language in further_languages(content) if language not in survey.languages]
    if new:
        survey.languages = [*survey.languages, *new]
        survey.save(update_fields=["languages"])


def _new(content: Questionnaire, survey: models.Survey | None) -> models.Questionnaire:
    if survey is None:
        raise LoadingRefusedError("survey_missing", content.code, code=content.code)
    if not CODE.fullmatch(content.code):
        raise LoadingRefusedError("code_form", content.code, code=content.code)
    return models.Questionnaire.objects.create(survey=survey, code=content.code, title=content.title)


def _empty(questionnaire: models.Questionnaire, content: Questionnaire) -> None:
    # Pages, items and options go with their section. Published versions are values of their own and do not change.
    questionnaire.sections.all().delete()
    questionnaire.edit_rules.all().delete()
    questionnaire.title = content.title
    questionnaire.save()


def _pain_points(content: Questionnaire) -> dict[str, models.PainPoint]:
    known = {point.code: point for point in models.PainPoint.objects.all()}
    unknown = sorted({item.pain_point for item in content.items.values()} - {"", *known})
    if unknown:
        raise LoadingRefusedError("pain_point_unknown", unknown, codes=", ".join(unknown))
    return known


def _refuse_repeated_codes(content: Questionnaire) -> None:
    """A code names one part only; a form edited by hand can say otherwise."""
    pages = [page for section in content.sections for page in section.pages]
    asked = [item for page in pages for item in page.items]
    listed = [options for item in asked for options in (item.options, item.rows)]
    all_parts: list[Sequence[_Coded]] = [content.sections, pages, asked, content.edit_rules, *listed]
    counts = [Counter(part.code for part in parts) for parts in all_parts]
    twice = next((code for counted in counts for code, count in counted.items() if count > 1), None)
    if twice is not None:
        raise LoadingRefusedError("code_twice", twice, code=twice)


class _Loader:
    """Writes the parts below a questionnaire, each with its position."""

    def __init__(self, questionnaire: models.Questionnaire, pain_points: dict[str, models.PainPoint]) -> None:
        self.questionnaire = questionnaire
        self.pain_points = pain_points
        self.look_ups = read_look_ups()

    def store(self, content: Questionnaire) -> None:
        for position, section in enumerate(content.sections, start=1):
            self.section(section, position)
        for position, rule in enumerate(content.edit_rules, start=1):
            store_edit_rule(self.questionnaire, rule, position)

    def section(self, section: Section, position: int) -> None:
        row = self.questionnaire.sections.create(code=section.code, position=position, **_heading(section))
        for place, page in enumerate(section.pages, start=1):
            page_row = row.pages.create(code=page.code, position=place, **_heading(page))
            for order, item in enumerate(page.items, start=1):
                self.item(page_row, item, order)

    def item(self, page: models.Page, item: Item, position: int) -> None:
        row = page.items.create(
            code=item.code,
            position=position,
            pain_point=self.pain_points.get(item.pain_point),
            **_fields(item),
        )
        # Industries and districts have a table of their own; stored as options they would no longer follow it.
        is_look_up = item.options == self.look_ups.get(item.type)
        options = () if is_look_up else item.options
        bulk_create_with_history(
            [
                *(_option(row, option, place, False) for place, option in enumerate(options, start=1)),
                *(_option(row, option, place, True) for place, option in enumerate(item.rows, start=1)),
            ],
            models.Option,
        )


def _heading(part: Section | Page) -> dict[str, Any]:
    return {"title": part.title, "intro": part.intro, "relevant": part.relevant}


SAME = (
    *("text", "hint", "unit", "constraint_message", "required_message"),
    *("concept", "required", "relevant", "constraint", "calculation", "appearance", "prefill"),
    *("minimum", "maximum", "decimals", "max_choices", "max_length", "can_estimate", "magnitude", "max_megabytes"),
    *("shuffled", "beside_last", "largest_change"),
)
"""Fields with the same name and value in the value and in the row."""


def _fields(item: Item) -> dict[str, object]:
    same = {name: getattr(item, name) for name in SAME}
    missing, file_types = [word.value for word in item.missing], list(item.file_types)
    return {"type": item.type.value, "missing": missing, "file_types": file_types, **same}


def _option(item: models.Item, option: Option, position: int, is_row: bool) -> models.Option:
    return models.Option(
        item=item,
        code=option.code,
        position=position,
        text=option.text,
        is_exclusive=option.exclusive,
        asks_to_specify=option.specify,
        is_row=is_row,
        relevant=option.relevant,
    )
