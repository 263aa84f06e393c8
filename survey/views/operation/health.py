"""What probes ask: ``/healthz/live`` whether the process serves, ``/healthz/ready`` whether it can do its work."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from survey.services.operation.readiness import check_readiness, is_ready

logger = logging.getLogger(__name__)
LIVE, READY = "/healthz/live", "/healthz/ready"


class HealthMiddleware:
    """Answer probes before anything else looks at the request: host, TLS, session and overload are not theirs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # By the path alone: a load balancer asks by address, with a host that ALLOWED_HOSTS does not have.
        probe = PROBES.get(request.path.rstrip("/"))
        if probe is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        response = probe()
        response["Cache-Control"] = "no-store"
        return response


def live() -> HttpResponse:
    """200 as long as a thread answers; no look at anything that may be away, or a restart would be tried for it."""
    return JsonResponse({"state": "live"})


def ready() -> HttpResponse:
    """200, or 503 where firms cannot be served. Names what was looked at; what is wrong stands in the log."""
    checks = check_readiness()
    for check in checks:
        # The reason only into the log: the answer is to be had by anybody who reaches the port.
        if check.fault:
            logger.warning("Not ready: %s: %s", check.name, check.fault)
    answer = {check.name: "failed" if check.fault else "ok" for check in checks}
    is_good = is_ready(checks)
    return JsonResponse({"state": "ready" if is_good else "not ready", **answer}, status=200 if is_good else 503)


PROBES: dict[str, Callable[[], HttpResponse]] = {LIVE: live, READY: ready}
