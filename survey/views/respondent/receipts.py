"""What a firm keeps: receipt and copy, on paper or by e-mail; and what it says of the filling-in."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from survey.selectors.respondent.session import Filling
from survey.selectors.respondent.submissions import submissions_of
from survey.selectors.said import said as _
from survey.services.answers.feedback import give_feedback, has_given_feedback
from survey.services.answers.receipt_mail import MailRefusedError, mail_receipt
from survey.terms import Difficulty, PerceivedBurden
from survey.views.respondent.access import page_context, with_filling
from survey.views.respondent.keying_session import keying_of
from survey.views.respondent.review import review_sections


@require_safe
@with_filling
def receipt(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Firm, survey, number and time of the submission that counts, and those before it."""
    if not filling.is_submitted:
        return redirect("respondent:hub")
    return show_receipt(request, filling)


def show_receipt(request: HttpRequest, filling: Filling, status: int = 200, **more: Any) -> HttpResponse:
    """The receipt, with what can be done after it."""
    context = page_context(
        request,
        filling,
        submissions=submissions_of(filling.case),
        sends_mail=settings.SENDS_MAIL,
        # An officer who keys a return cannot say how much work it was for the firm.
        asks_feedback=keying_of(request) is None and not has_given_feedback(filling.case),
        burdens=[(step.value, _(step.label)) for step in PerceivedBurden],
        difficulties=[(part.value, _(part.label)) for part in Difficulty],
        **more,
    )
    return render(request, "respondent/receipt.html", context, status=status)


@require_safe
@with_filling
def answers(request: HttpRequest, filling: Filling) -> HttpResponse:
    """The answers as a copy to print and sign, before or after they are submitted."""
    if filling.response is None:
        return redirect("respondent:hub")
    report = filling.check()
    context = page_context(
        request,
        filling,
        sections=review_sections(filling, report),
        is_open=not filling.is_submitted and bool(report.blocking),
    )
    return render(request, "respondent/answers.html", context)


@require_POST
@with_filling
def mail(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Send the receipt to the address that was typed."""
    if not filling.is_submitted:
        return redirect("respondent:hub")
    address = request.POST.get("address", "")
    text = render_to_string("respondent/receipt_mail.txt", {"filling": filling})
    subject = _("Receipt %(number)s") % {"number": filling.response.receipt_number if filling.response else ""}
    try:
        mail_receipt(case=filling.case, address=address, subject=f"{subject} – {filling.survey}", text=text)
    except MailRefusedError as refused:
        return show_receipt(request, filling, 422, mail_error=str(refused), address=address[:254], has_errors=True)
    messages.success(request, _("The receipt has been sent to %(address)s.") % {"address": address.strip()})
    return redirect("respondent:receipt")


@require_POST
@with_filling
def feedback(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Take what the firm says of the filling-in, once."""
    if not filling.is_submitted:
        return redirect("respondent:hub")
    burden, difficulty = request.POST.get("burden", ""), request.POST.get("difficulty", "")
    # Without control characters: PostgreSQL takes no zero byte, and a list of remarks shows line ends alone.
    remark = "".join(part for part in request.POST.get("remark", "") if part.isprintable() or part == "\n")
    # An officer who keys cannot say it for the firm, also not by a post made by hand.
    was_kept = keying_of(request) is None and give_feedback(
        case=filling.case,
        burden=PerceivedBurden(burden) if burden in set(PerceivedBurden) else None,
        difficulty=Difficulty(difficulty) if difficulty in set(Difficulty) else None,
        remark=remark,
    )
    if was_kept:
        messages.success(request, _("Thank you. What you said helps us to ask for less."))
    return redirect("respondent:receipt")
