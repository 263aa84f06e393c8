"""Logging in by OpenID Connect, against a provider that is really asked over HTTP."""

import base64
import hashlib
import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from survey.terms import Role
from tests.test_settings import SECRETS, start

pytestmark = pytest.mark.urls("tests.views.operation.oidc_urls")
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """A provider of one user. It hands a code out once, to whoever shows the verifier that belongs to it (PKCE)."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.info: dict[str, Any] = {"sub": "1", "preferred_username": "analyst_1", "email": "a@example.org"}
        self.key, self.codes = KEY, dict[str, dict[str, str]]()
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.answer(provider.keys() if self.path == "/keys" else provider.info)

            def do_POST(self) -> None:
                posted = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                answer = provider.token({name: values[0] for name, values in posted.items()})
                self.answer(answer or {"error": "invalid_grant"}, 200 if answer else 400)

            def answer(self, content: Any, status: int = 200) -> None:
                body = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                """Silent."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def keys(self) -> Any:
        return {
            "keys": [{**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())), "kid": "k", "alg": "RS256"}]
        }

    def asked(self, address: str) -> dict[str, str]:
        """The user logs in at the provider and is led back with what this returns."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.codes["c"] = query
        return {"state": query["state"], "code": "c"}

    def token(self, posted: dict[str, str]) -> dict[str, str] | None:
        query = self.codes.pop(posted["code"], None)
        digest = hashlib.sha256(posted.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if query is None or posted["client_secret"] != "secret" or challenge != query["code_challenge"]:
            return None
        made = {"iss": self.address, "aud": "tongdian", "sub": "1", "exp": time.time() + 3600, "nonce": query["nonce"]}
        claims = {name: value for name, value in {**made, **self.claims}.items() if value is not None}
        token = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "k"})
        return {"access_token": "a", "id_token": token, "token_type": "Bearer"}


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    made = Provider()
    Thread(target=made.server.serve_forever, daemon=True).start()
    settings.OIDC_ISSUER, settings.OIDC_USERNAME_CLAIM = made.address, "preferred_username"
    settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = "tongdian", "secret"
    settings.OIDC_OP_AUTHORIZATION_ENDPOINT = f"{made.address}/authorize"
    settings.OIDC_OP_TOKEN_ENDPOINT, settings.OIDC_OP_USER_ENDPOINT = f"{made.address}/token", f"{made.address}/info"
    settings.OIDC_OP_JWKS_ENDPOINT, settings.OIDC_RP_SIGN_ALGO = f"{made.address}/keys", "RS256"
    settings.OIDC_RP_SCOPES, settings.OIDC_CREATE_USER, settings.OIDC_USE_PKCE = "openid profile", False, True
    settings.OIDC_TIMEOUT = 120
    settings.AUTHENTICATION_BACKENDS = [
        *settings.AUTHENTICATION_BACKENDS,
        "survey.views.operation.sign_on.SignOnBackend",
    ]
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def analyst(office_user: Callable[[Role], User]) -> User:
    return office_user(Role.ANALYST)


def sign_on(client: Client, provider: Provider, to: str = "/admin/sign-on/") -> Any:
    client.raise_request_exception = False
    led = client.get(to)["Location"]
    assert led.startswith(f"{provider.address}/authorize?")
    return client.get("/admin/sign-on/back/", provider.asked(led))


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_login_page_offers_it(client: Client, db: None) -> None:
    html = client.get("/admin/login/?next=/admin/cases/").content.decode()
    assert 'href="/admin/sign-on/?next=/admin/cases/"' in html


def test_member_of_staff_is_let_in(client: Client, provider: Provider, analyst: User) -> None:
    response = sign_on(client, provider, "/admin/sign-on/?next=/admin/dashboard/")
    assert (response.status_code, response["Location"]) == (302, "/admin/dashboard/")
    assert who(client) == str(analyst.pk)


def test_token_for_several_clients_lets_in_where_ours_is_among_them(
    client: Client, provider: Provider, analyst: User
) -> None:
    provider.claims = {"aud": ["another", "tongdian"]}
    sign_on(client, provider)
    assert who(client) == str(analyst.pk)


def test_second_factor_is_asked_all_the_same(
    client: Client, provider: Provider, analyst: User, settings: Settings
) -> None:
    settings.TWO_FACTOR_ROLES = ["analyst"]
    sign_on(client, provider)
    assert client.get("/admin/dashboard/")["Location"].startswith("/admin/two-factor/")


@pytest.mark.parametrize("name", ["somebody", "ANALYST_1", "", None])
def test_somebody_without_an_account_is_not(client: Client, provider: Provider, analyst: User, name: Any) -> None:
    provider.info["preferred_username"] = name
    response = sign_on(client, provider)
    assert (response["Location"], who(client), User.objects.count()) == ("/admin/login/", None, 1)


@pytest.mark.parametrize("field", ["is_active", "is_staff"])
def test_somebody_who_left_is_not(client: Client, provider: Provider, analyst: User, field: str) -> None:
    User.objects.update(**{field: False})
    sign_on(client, provider)
    assert who(client) is None


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere"},
        {"aud": "another"},
        {"exp": 1},
        {"nonce": "another"},
        {"sub": "2"},
        {"aud": []},
        {"exp": None},
    ],
    ids=lambda claims: " ".join(map(str, next(iter(claims.items())))),
)
def test_wrong_token_lets_nobody_in(client: Client, provider: Provider, analyst: User, claims: dict[str, Any]) -> None:
    provider.claims = claims
    response = sign_on(client, provider)
    assert (response.status_code in (302, 400), who(client)) == (True, None)


@pytest.mark.parametrize(("token", "info"), [("1", "2"), ("1", None), (None, None), ("", "")])
def test_user_of_no_subject_or_of_another_than_the_token_is_not_let_in(
    client: Client, provider: Provider, analyst: User, token: str | None, info: str | None
) -> None:
    provider.claims, provider.info["sub"] = {"sub": token}, info
    sign_on(client, provider)
    assert who(client) is None


def test_token_of_another_key_lets_nobody_in(client: Client, provider: Provider, analyst: User) -> None:
    provider.key = OTHER_KEY
    assert (sign_on(client, provider).status_code, who(client)) == (400, None)


def test_state_is_good_once(client: Client, provider: Provider, analyst: User) -> None:
    client.raise_request_exception = False
    back = provider.asked(client.get("/admin/sign-on/")["Location"])
    assert Client().get("/admin/sign-on/back/", back)["Location"] == "/admin/login/"
    assert client.get("/admin/sign-on/back/", back).status_code == 302
    assert client.get("/admin/sign-on/back/", back).status_code == 400


def test_provider_that_is_away_leads_to_the_password(client: Client, provider: Provider, analyst: User) -> None:
    led = client.get("/admin/sign-on/")["Location"]
    provider.server.shutdown()
    provider.server.server_close()
    response = client.get("/admin/sign-on/back/", provider.asked(led), follow=True, headers={"accept-language": "en"})
    assert "Log in with your password, or ask an administrator." in response.content.decode()


def test_foreign_address_is_not_led_to(client: Client, provider: Provider, analyst: User) -> None:
    assert sign_on(client, provider, "/admin/sign-on/?next=https://evil.example/")["Location"] == "/admin/"


def test_issuer_without_its_addresses_is_refused_at_the_start() -> None:
    assert "OIDC_CLIENT_ID" in start(**SECRETS, OIDC_ISSUER="https://id.example.org")


def test_complete_issuer_starts() -> None:
    names = ("AUTHORIZATION_ENDPOINT", "TOKEN_ENDPOINT", "USERINFO_ENDPOINT", "KEYS_ENDPOINT")
    addresses = {f"OIDC_{name}": "https://id.example.org/x" for name in names}
    secret = {"OIDC_CLIENT_ID": "tongdian", "OIDC_CLIENT_SECRET": "s"}
    assert start(**SECRETS, **addresses, **secret, OIDC_ISSUER="https://id.example.org") == ""


def test_directory_without_its_package_is_refused_with_what_to_install() -> None:
    said = start(**SECRETS, LDAP_URI="ldaps://ldap.example.org", LDAP_USER_DN="uid=%(user)s,ou=people")
    assert "requirements-ldap.txt" in said or said == ""
