"""A questionnaire that came from outside, stored as a draft: whole, in one transaction, with its entry in the audit."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_noop as _

from survey import models
from survey.complaints import Catalogue, Entry
from survey.instrument.languages import further_languages
from survey.instrument.schema import Questionnaire
from survey.selectors.design.questionnaire import read_questionnaire
from survey.services.audit import record_action
from survey.services.design.draft_writer import DraftWriter
from survey.services.refusals import RefusedError

# As the admin takes it, at most as long as the column; PostgreSQL refuses a longer one.
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
            "changed": Entry(_("The draft of “%(code)s” has changed meanwhile."), _("Look at the differences again.")),
        }
    )


@transaction.atomic
def load_questionnaire(
    *, content: Questionnaire, survey: models.Survey | None, replace: bool, actor: User | None, over: str | None = None
) -> models.Questionnaire:
    """Store ``content`` as the draft of the questionnaire with its code, in ``survey`` where it is a new one.

    An existing draft is replaced only with ``replace``: what has the same code in both keeps its row and with it its
    history. Published versions stay. ``over``: the digest of the only draft that may be replaced; None for any.
    Raises ``LoadingRefusedError``.
    """
    # Before anything is written: the database would refuse a repeated code too, but could not say which it is.
    _refuse_repeated_codes(content)
    pain_points = _pain_points(content)
    # Held, so that two who load the same form do not write its rows between each other.
    questionnaire = models.Questionnaire.objects.select_for_update().filter(code=content.code).first()
    if questionnaire is None:
        questionnaire = _new(content, survey)
    elif not replace:
        raise LoadingRefusedError("exists", content.code, code=content.code)
    elif over is not None and read_questionnaire(questionnaire.pk).digest != over:
        # Under the lock: whoever compared it before would overwrite what another designer has written since.
        raise LoadingRefusedError("changed", content.code, code=content.code)
    _offer_languages(questionnaire.survey, content)
    DraftWriter(questionnaire=questionnaire, pain_points=pain_points).store(content)
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


def _pain_points(content: Questionnaire) -> dict[str, models.PainPoint]:
    known = {point.code: point for point in models.PainPoint.objects.all()}
    unknown = sorted({item.pain_point for item in content.items.values()} - {"", *known})
    if unknown:
        raise LoadingRefusedError("pain_point_unknown", unknown, codes=", ".join(unknown))
    return known


def _refuse_repeated_codes(content: Questionnaire) -> None:
    """A code names one part only; a form edited by hand can say otherwise."""
    pages = [page for section in content.sections for page in section.pages]
    # All items of the document: one code may not even stand in two sections, since answers are kept by code alone.
    asked = [item for page in pages for item in page.items]
    listed = [options for item in asked for options in (item.options, item.rows)]
    all_parts: list[Sequence[_Coded]] = [content.sections, pages, asked, content.edit_rules, *listed]
    counts = [Counter(part.code for part in parts) for parts in all_parts]
    twice = next((code for counted in counts for code, count in counted.items() if count > 1), None)
    if twice is not None:
        raise LoadingRefusedError("code_twice", twice, code=twice)
