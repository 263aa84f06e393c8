"""The texts of mailings: what stands in them, what may stand in braces, and how one firm's message reads."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.instrument.schema import Text
from survey.mailing_terms import CARRIES_CODE, OWN_LANGUAGE, MailingPurpose
from survey.models import Case, MailingTemplate, Survey
from survey.selectors.fieldwork.collection_period import case_closes_at
from survey.services.audit import record_action
from survey.services.fieldwork.access_letters import EMPTY_CONTACT
from survey.services.refusals import RefusedError
from survey.terms import AskedUnit

PLACEHOLDERS: dict[str, str] = {
    "firm": _("name of the firm"),
    "contact": _("contact person"),
    "code": _("access code"),
    "link": _("address of the questionnaire with the code"),
    "deadline": _("last day and time"),
    "survey": _("title of the survey"),
    "period": _("reference period"),
    "authority": _("issuing authority"),
    "minutes": _("minutes it takes"),
    "legal_basis": _("legal basis"),
    "confidentiality": _("confidentiality"),
    "call": _("whom to call"),
}
FIXTURES = settings.BASE_DIR / "fixtures"
Shipped = dict[str, dict[str, str]]
"""Subject, text and short text, each by language."""
IN_BRACES = re.compile(r"\{([^{}]*)\}")


class WordingError(RefusedError):
    """What is wrong with a text of a mailing."""

    catalogue = Catalogue(
        entries={
            "unknown_placeholder": Entry(
                _("“{%(value)s}” is no placeholder."), _("Use one of those listed beside the text.")
            ),
            "open_brace": Entry(_("A brace has no partner."), _("Write a placeholder as {firm}.")),
            "code_missing": Entry(
                _("The text (%(language)s) tells the firm neither its code nor the link."), _("Add {link} or {code}.")
            ),
            "wording_missing": Entry(_("The text (%(language)s) is empty."), _("Write it in Chinese and in English.")),
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingWording:
    """Subject, text and short text of a purpose in every language, and the address to which letters go back."""

    subject: Text
    body: Text
    short: Text
    return_address: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What one firm reads, in which language; ``short`` instead of the text where there is room for little."""

    language: str
    subject: str
    body: str
    short: str
    code: str
    link: str
    return_address: str


# Read once for a process: each of ten thousand letters asks for it.
@cache
def shipped_wordings(asks: str) -> dict[str, Shipped]:
    """The texts that come with the product, by purpose, as a survey of firms or of local units writes them."""
    content: dict[str, Shipped] = json.loads((FIXTURES / "mailing_texts.json").read_text("utf-8"))
    if asks == AskedUnit.FIRM.value:
        return content
    # Those of them that name a firm, whole.
    of_units = json.loads((FIXTURES / "mailing_texts_of_units.json").read_text("utf-8"))
    return {purpose: {**texts, **of_units.get(purpose, {})} for purpose, texts in content.items()}


def mailing_wording_of(survey: Survey, purpose: MailingPurpose) -> MailingWording:
    """The texts of a survey, or those that come with the product."""
    own = MailingTemplate.objects.filter(survey=survey, purpose=purpose.value).first()
    shipped = shipped_wordings(survey.asks)[purpose.value]
    if own is not None:
        # Surveys that had texts before there were short ones have none of their own.
        short = own.short if any(own.short.to_dict().values()) else Text.from_dict(shipped["short"])
        return MailingWording(subject=own.subject, body=own.body, short=short, return_address=own.return_address)
    return MailingWording(
        subject=Text.from_dict(shipped["subject"]),
        body=Text.from_dict(shipped["body"]),
        short=Text.from_dict(shipped["short"]),
        return_address=survey.issuing_authority,
    )


def check_wording(wording: MailingWording, purpose: MailingPurpose) -> None:
    """Raises WordingError for the first thing that would go wrong at a firm."""
    for text in (wording.subject, wording.body, wording.short):
        for language, words in text.to_dict().items():
            if not words.strip():
                raise WordingError("wording_missing", language=language)
            _check_braces(words)
    for text in (wording.body, wording.short):
        for language, words in text.to_dict().items():
            if purpose in CARRIES_CODE and not {"code", "link"} & set(IN_BRACES.findall(words)):
                raise WordingError("code_missing", language=language)


def _check_braces(words: str) -> None:
    # Before anything is sent: a misspelt placeholder would reach every firm as it stands.
    for name in IN_BRACES.findall(words):
        if name not in PLACEHOLDERS:
            raise WordingError("unknown_placeholder", name)
    if re.search(r"[{}]", IN_BRACES.sub("", words)):
        raise WordingError("open_brace")


@transaction.atomic
def save_wording(*, survey: Survey, purpose: MailingPurpose, wording: MailingWording, actor: User) -> MailingTemplate:
    """Keep the texts of a survey for a purpose; runs that are prepared already keep theirs. Raises WordingError."""
    check_wording(wording, purpose)
    values = {name: getattr(wording, name) for name in ("subject", "body", "short", "return_address")}
    template, _is_new = MailingTemplate.objects.update_or_create(survey=survey, purpose=purpose.value, defaults=values)
    record_action(actor=actor, verb="change_mailing_text", subject=survey.code, purpose=purpose.value)
    return template


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled in; a value is never read for placeholders again."""
    # In one pass: a firm named "{code}" must not be given a code in place of its name.
    return IN_BRACES.sub(lambda found: values.get(found[1], found[0]), text)


def language_of(case: Case) -> str:
    """The language of the first person of the firm in the register; Chinese where it knows nobody."""
    firm = case.sample_unit.unit.firm
    # As a list: where the persons of many firms were read at once, none is asked for again.
    person = next(iter(firm.contacts.all()), None) if firm else None
    return "en" if person is not None and person.language == "en" else "zh"


def message_to(case: Case, wording: MailingWording, *, language: str, site: str, code: str) -> Message:
    """What the firm of the case reads; ``code`` is its access code, "" where the purpose does not need it."""
    language = language_of(case) if language == OWN_LANGUAGE else language
    # Dates as the language of the firm writes them, whoever has pressed the button.
    with translation.override("zh-hans" if language.startswith("zh") else language):
        values = values_of(case, language, site, code)
        # One line: a line break in a subject would begin another head of the mail.
        subject = " ".join(filled(wording.subject.of(language), values).split())
        return Message(
            language=language,
            subject=subject,
            body=filled(wording.body.of(language), values),
            short=" ".join(filled(wording.short.of(language), values).split()),
            code=values["code"],
            link=values["link"],
            return_address=wording.return_address.of(language),
        )


def values_of(case: Case, language: str, site: str, code: str) -> dict[str, str]:
    """What the placeholders mean for the firm of a case."""
    unit, survey = case.sample_unit.unit, case.wave.survey
    return {
        "firm": unit.full_name,
        "contact": getattr(unit, "contact", EMPTY_CONTACT).name,
        "code": code,
        # After "#": browsers send no fragment, so the code stands in no log.
        "link": f"{site}#code={code}" if code else site,
        "deadline": date_format(timezone.localtime(case_closes_at(case)), "DATETIME_FORMAT"),
        "survey": survey.title.of(language),
        "period": case.wave.reference_period.of(language),
        "authority": survey.issuing_authority.of(language),
        "minutes": str(survey.minutes),
        "legal_basis": survey.legal_basis.of(language),
        "confidentiality": survey.confidentiality.of(language),
        "call": survey.contact.of(language),
    }
