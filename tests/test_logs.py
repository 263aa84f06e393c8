"""Lines of the log: numbered, one for a refusal, and without data of persons."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from config.logs import JsonFormatter, RequestFilter
from survey.models import FrameUnit

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines() -> Iterator[Any]:
    """Everything that is logged, as the console of an installation with LOG_FORMAT=json gets it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(RequestFilter())
    handler.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


def test_refused_post_is_one_line(client: Client, lines: Any) -> None:
    client.post("/", {"access_code": "x" * 10_000_000})
    said = [line for line in lines() if line["logger"].startswith("django.security")]
    assert [(line["path"], line["status"], "error" in line) for line in said] == [("/", 400, False)]


def test_wrong_host_is_one_line(client: Client, lines: Any, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["survey.example.org"]
    client.get("/", headers={"host": "elsewhere.example.org"})
    assert [("error" in line, line["level"]) for line in lines()] == [(False, "ERROR")]


def test_fault_tells_its_kind_and_place_but_no_value(client: Client, lines: Any, monkeypatch: Any) -> None:
    def fail() -> None:
        raise ValueError("张三 13800138000")

    client.raise_request_exception = False
    monkeypatch.setattr("survey.views.respondent.access.open_notices", fail)
    response = client.get("/?q=secret")
    line = next(line for line in lines() if line["logger"] == "django.request")
    assert line["error"][0]["kind"] == "builtins.ValueError"
    assert line["error"][0]["at"][-1].endswith(" fail")
    assert line["request"] == response["X-Request-ID"]
    assert response["X-Request-ID"] in response.content.decode()
    assert not {"138001", "张三", "secret"} & set(json.dumps(line, ensure_ascii=False).split())
    assert "13800138000" not in json.dumps(line)


def test_row_that_a_constraint_refused_is_not_quoted(lines: Any, frame: Any) -> None:
    unit = frame(units=1).units.get()
    try:
        with transaction.atomic():
            FrameUnit.objects.create(**{**values_of(unit), "name": "某某公司"})
    except IntegrityError:
        logging.getLogger("survey").exception("Not stored.")
    assert lines()[-1]["message"] == "Not stored."
    assert unit.credit_code not in json.dumps(lines())


def values_of(unit: FrameUnit) -> dict[str, Any]:
    return {field.attname: getattr(unit, field.attname) for field in unit._meta.concrete_fields if field.name != "id"}


def test_wrong_login_names_nobody(client: Client, lines: Any) -> None:
    client.post("/admin/login/", {"username": "zhang.san", "password": "wrong-password"})
    assert "zhang.san" not in json.dumps(lines())


def test_request_bears_the_number_of_the_proxy(client: Client, settings: Any) -> None:
    settings.TRUSTED_PROXIES = "1"
    assert client.get("/healthz/live", headers={"x-request-id": "abcdef12"})["X-Request-ID"] == "abcdef12"


@pytest.mark.parametrize(("proxies", "given"), [("", "abcdef12"), ("1", "a\nb"), ("1", "x" * 65)])
def test_number_that_a_client_made_up_is_not_taken(client: Client, settings: Any, proxies: str, given: str) -> None:
    settings.TRUSTED_PROXIES = proxies
    assert client.get("/healthz/live", headers={"x-request-id": given})["X-Request-ID"] != given
