"""Sections handed to colleagues: made, found by their code, taken back, and who saved what."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from survey.complaints import Catalogue, Entry, Refused
from survey.instrument.access_code import DATA_BITS, encode, in_groups, normalise
from survey.models import Case, Paradata, SectionHandover
from survey.selectors.design.version import questionnaire_of
from survey.services.answers.responses import lock
from survey.services.fieldwork.access_codes import keyed
from survey.terms import gettext_noop as _

# A code lies about in somebody's chat or mail; after a month another one is as quickly made.
LONGEST_DAYS = 30
MOST_OPEN = 20
"""Sections of one case that may be in the hands of colleagues at the same time."""


class HandoverRefusedError(Refused):
    """Why a section cannot be handed on."""

    catalogue = Catalogue(
        entries={
            "no_section": Entry(_("The questionnaire has no such section."), _("Choose one from the list.")),
            "no_colleague": Entry(_("Nobody is named."), _("Enter the name of your colleague, at most 60 characters.")),
            "days_out_of_range": Entry(_("A code cannot be open that long."), _("Choose from 1 to 30 days.")),
            "too_many": Entry(_("Many sections are handed on already."), _("Take one back first.")),
        }
    )


@transaction.atomic
def hand_section_on(*, case: Case, section: str, colleague: str, days: int, now: datetime) -> SectionHandover:
    """Hand a section on for so many days. Raises HandoverRefusedError."""
    # Held while sections are counted, or two presses would hand on more than may be open.
    case, name = lock(case), " ".join(colleague.split())
    known = {part.code for part in questionnaire_of(case.wave.version).sections} if case.wave.version else set()
    if section not in known:
        raise HandoverRefusedError("no_section", section)
    if not 0 < len(name) <= 60 or not name.isprintable():
        raise HandoverRefusedError("no_colleague", name)
    if not 1 <= days <= LONGEST_DAYS:
        raise HandoverRefusedError("days_out_of_range", days)
    if sum(is_open(made, case, now) for made in case.handovers.all()) >= MOST_OPEN:
        raise HandoverRefusedError("too_many", MOST_OPEN)
    made = SectionHandover(
        case=case,
        section=section,
        colleague=name,
        # A code that the office revokes takes along what was handed on with it.
        generation=case.code_generation,
        expires_at=now + timedelta(days=days),
    )
    made.code_hash = _hash(handover_code(made))
    made.save()
    Paradata.objects.create(case=case, event="section_handed_on", detail={"section": section, "days": days})
    return made


@transaction.atomic
def close_handed_on(*, case: Case, handover: int) -> None:
    """Close a section that was handed on; sessions that it opened end. Nothing happens where the case has none such."""
    taken = case.handovers.filter(pk=handover, is_taken_back=False)
    for section in list(taken.values_list("section", flat=True)):
        Paradata.objects.create(case=case, event="section_taken_back", detail={"section": section})
    taken.update(is_taken_back=True)


def handover_code(made: SectionHandover) -> str:
    """The code in four groups of four, in the form of an access code."""
    digest = keyed("derive a code of a section", made.key.hex)
    # The leading bits of the digest, as many as an access code holds, so that both are typed and checked alike.
    return in_groups(encode(int.from_bytes(digest) >> (8 * len(digest) - DATA_BITS)))


def find_handover(code: str, now: datetime) -> SectionHandover | None:
    """The section that a typed code opens now; None alike for a wrong, an expired and a withdrawn one."""
    if normalise(code) is None:
        # Before the hash: what has no valid check sign can be no code, and costs no query.
        return None
    made = SectionHandover.objects.select_related("case").filter(code_hash=_hash(code)).first()
    return made if made is not None and is_open(made, made.case, now) else None


def open_handover(pk: object, now: datetime) -> SectionHandover | None:
    """The same by its key in a session."""
    # A session can hold anything that an older version of the program put there.
    made = SectionHandover.objects.select_related("case").filter(pk=pk).first() if isinstance(pk, int) else None
    return made if made is not None and is_open(made, made.case, now) else None


def is_open(made: SectionHandover, case: Case, now: datetime) -> bool:
    """Whether the code opens its section at ``now``."""
    # Asked at every request (0031): whoever has the section open loses it when the case is closed or the code
    # revoked.
    is_withdrawn = made.is_taken_back or case.is_closed or made.generation != case.code_generation
    return not is_withdrawn and now < made.expires_at


def note_saved(made: SectionHandover, page: str) -> None:
    """Remember that the colleague saved a page."""
    with transaction.atomic():
        # Read again under the lock: a colleague may save two pages from two tabs, and neither may lose the other's.
        row = SectionHandover.objects.select_for_update().get(pk=made.pk)
        row.pages, row.saved_at = sorted({*row.pages, page}), timezone.now()
        row.save(update_fields=["pages", "saved_at"])


def _hash(code: str) -> str:
    return keyed("find a section by its code", normalise(code) or "").hex()
