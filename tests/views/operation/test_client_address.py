"""Whose address counts behind proxies."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from survey.models import AccessFailure
from survey.services.fieldwork.access_codes import client_hash
from survey.views.operation.client_address import client_address, trusted_proxies


def counted_clients() -> list[str]:
    return list(AccessFailure.objects.values_list("client", flat=True))


@pytest.mark.parametrize(
    ("direct", "forwarded", "setting", "client"),
    [
        ("203.0.113.5", "", "", "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", "", "203.0.113.5"),
        ("10.0.0.1", "198.51.100.1", "1", "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", "1", "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", "2", "198.51.100.1"),
        ("", "6.6.6.6, 198.51.100.1", "1", "198.51.100.1"),
        ("10.0.0.1", "", "1", "10.0.0.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", "10.0.0.0/8", "198.51.100.1"),
        ("203.0.113.5", "6.6.6.6", "10.0.0.0/8", "203.0.113.5"),
        ("::1", "6.6.6.6, 2001:db8::7", "::1/128", "2001:db8::7"),
        ("10.0.0.1", "10.0.0.9, 10.0.0.2", "10.0.0.0/8", "10.0.0.9"),
    ],
)
def test_client_is_the_last_address_that_a_trusted_proxy_saw(
    direct: str, forwarded: str, setting: str, client: str
) -> None:
    assert client_address(direct, forwarded, trusted_proxies(setting)) == client


def test_setting_that_is_neither_number_nor_networks_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="Write 1 for one proxy"):
        trusted_proxies("nginx")


@pytest.mark.django_db
def test_wrong_code_is_counted_against_the_client_behind_the_proxy(settings: Any, client: Client) -> None:
    settings.TRUSTED_PROXIES = "1"
    client.post("/", {"access_code": "AAAA-AAAA-AAAA-AAAA"}, HTTP_X_FORWARDED_FOR="6.6.6.6, 198.51.100.7")
    assert counted_clients() == [client_hash("198.51.100.7")]


@pytest.mark.django_db
def test_header_without_a_trusted_proxy_is_not_believed(client: Client) -> None:
    client.post("/", {"access_code": "AAAA-AAAA-AAAA-AAAA"}, HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert counted_clients() == [client_hash("127.0.0.1")]


@pytest.mark.django_db
def test_text_that_is_no_address_is_not_believed(settings: Any, client: Client) -> None:
    settings.TRUSTED_PROXIES = "1"
    client.post("/", {"access_code": "AAAA-AAAA-AAAA-AAAA"}, HTTP_X_FORWARDED_FOR="<script>")
    assert counted_clients() == [client_hash("127.0.0.1")]
