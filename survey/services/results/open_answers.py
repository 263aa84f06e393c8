"""Open answers leave the office one by one, each let out by a person who has read it."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.models import OpenAnswerDecision, Response, Wave
from survey.selectors.results.open_answers import open_answers_of, open_items
from survey.services.audit import record_action
from survey.services.refusals import RefusedError


class OpenAnswerRefusedError(RefusedError):
    """Why nothing is decided about an open answer."""

    catalogue = Catalogue(
        entries={
            "not_there": Entry(
                _("The answer is not there any more, or was changed since the page was opened."),
                _("Read what stands there now, and decide anew."),
            ),
            "no_text": Entry(_("The text that is to leave is empty."), _("Enter it, or keep the answer here.")),
        }
    )


@transaction.atomic
def decide_open_answer(
    *, wave: Wave, response: int, item: str, written: str, leaves: bool, text: str, author: User
) -> OpenAnswerDecision:
    """Let one answer out as ``text``, or keep it in the office; ``written`` is the digest of what was read. Raises
    `OpenAnswerRefusedError`."""
    # Locked against a correction of the text at the same moment.
    Response.objects.select_for_update(of=("self",)).filter(pk=response, case__wave=wave).first()
    items = [one for one in open_items(wave) if one.code == item]
    # By the digest of what was read: a text that was corrected since has to be read anew.
    found = [one for one in open_answers_of(wave, items) if one.response == response and one.written == written]
    if not found:
        raise OpenAnswerRefusedError("not_there", item)
    if leaves and not text.strip():
        raise OpenAnswerRefusedError("no_text", item)
    decision = OpenAnswerDecision.objects.create(
        response_id=response,
        item=item,
        leaves=leaves,
        # What was kept back is not stored a second time: erasing would have to find it here.
        text=text.strip() if leaves else "",
        written=written,
        author=author,
    )
    record_action(actor=author, verb="decide_open_answer", subject=wave, item=item, leaves=leaves, decision=decision.pk)
    return decision
