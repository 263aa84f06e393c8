"""Wrong logins are counted against an account from one address, and against the address whatever the account."""

from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest


class AccountAndAddressHandler(AxesDatabaseHandler):  # type: ignore[misc]
    """The database handler of django-axes, which also locks an address that tries many accounts."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        return super().is_locked(request, credentials) or address_is_locked(request)

    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request is not None and address_is_locked(request):
            request.axes_locked_out = True  # the mark by which the middleware of axes answers with the lockout page


def address_is_locked(request: HttpRequest) -> bool:
    """Whether too many wrong logins came from the client's address within the cool-off time."""
    # Per address besides: with ten tries for each account, a list of accounts would give a list of tries.
    recent = AccessAttempt.objects.filter(
        # Already the client's address: ClientAddressMiddleware has replaced that of the proxy. "" is no value of an
        # inet column.
        ip_address=request.META.get("REMOTE_ADDR") or None,
        attempt_time__gte=get_cool_off_threshold(request),
    )
    failures = recent.aggregate(failures=Sum("failures_since_start"))["failures"] or 0
    return bool(failures >= settings.LOGIN_FAILURES_PER_ADDRESS)
