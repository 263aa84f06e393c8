"""Requests counted for `manage.py metrics`, in files that all web workers share (METRICS_DIR)."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from prometheus_client import Counter, Histogram

REQUESTS = Counter("tongdian_requests", "Answered requests", ["page", "method", "status"])
SECONDS = Histogram(
    "tongdian_request_seconds",
    "Seconds from request to answer",
    ["page"],
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}


class MetricsMiddleware:
    """Count each request by the name of its page, never by its address, which may hold codes and numbers of firms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        # Nothing to catch: Django makes a response of every error before it comes here.
        response = self.get_response(request)
        match = request.resolver_match
        page = (match.view_name if match else "") or "none"
        # A method is whatever a client writes: unknown ones together, or each would make a row of its own.
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(page, method, str(response.status_code)).inc()
        SECONDS.labels(page).observe(time.perf_counter() - begun)
        return response
