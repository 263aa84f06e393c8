"""What the rules of retention would erase at their next run."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from survey.models import DueRun
from survey.services.operation.retention import due_by_rules
from survey.views.office import office_page, render_office


@never_cache
@office_page("view_retentionrule")
@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """Each rule with what is due by it now, and when the rules were applied last."""
    shown: dict[str, Any] = {
        # Counted when asked: what a rule would take tomorrow is to be seen today.
        "due": due_by_rules(timezone.now()),
        "last": DueRun.objects.filter(name="retention").first(),
    }
    return render_office(request, "operation/retention.html", _("Retention"), **shown)
