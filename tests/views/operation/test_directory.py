"""Logging in with the password of a directory, against a server of OpenLDAP that is really asked."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from config.directory import DIRECTORY_BACKEND, directory
from survey.terms import Role

NAME = "uid=%(user)s,ou=people,dc=example,dc=org"
needs_library = pytest.mark.skipif(
    find_spec("django_auth_ldap") is None, reason="django-auth-ldap is not installed: requirements-ldap.txt."
)
CONFIGURATION = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/pid
database mdb
directory {folder}/data
suffix "dc=example,dc=org"
"""
ENTRIES = """
dn: dc=example,dc=org
objectClass: dcObject
objectClass: organization
o: Example
dc: example

dn: ou=people,dc=example,dc=org
objectClass: organizationalUnit
ou: people

dn: uid=analyst_1,ou=people,dc=example,dc=org
objectClass: inetOrgPerson
uid: analyst_1
cn: Analyst
sn: One
userPassword: of-the-directory

dn: uid=nobody_here,ou=people,dc=example,dc=org
objectClass: inetOrgPerson
uid: nobody_here
cn: Nobody
sn: Here
userPassword: of-the-directory
"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a directory with two people."""
    slapd = shutil.which("slapd", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if slapd is None:
        pytest.skip("slapd is not installed: on Debian, apt install slapd.")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "data").mkdir()
        (folder / "slapd.conf").write_text(CONFIGURATION.format(folder=folder))
        (folder / "entries.ldif").write_text(ENTRIES.lstrip())
        # The same program under another name adds entries to the files of the database.
        added = [slapd, "-T", "add", "-f", str(folder / "slapd.conf"), "-l", str(folder / "entries.ldif")]
        subprocess.run(added, check=True, capture_output=True)
        address = f"ldapi://{quote(f'{folder}/socket', safe='')}"
        process = subprocess.Popen([slapd, "-d", "0", "-f", folder / "slapd.conf", "-h", address])
        try:
            wait_for(folder / "socket", process)
            yield address
        finally:
            process.terminate()
            process.wait()


def wait_for(place: Path, process: "subprocess.Popen[bytes]") -> None:
    ends = time.monotonic() + 120
    while time.monotonic() < ends and process.poll() is None:
        with socket.socket(socket.AF_UNIX) as door:
            try:
                return door.connect(str(place))
            except OSError:
                time.sleep(0.1)
    pytest.fail("slapd did not start.")


@pytest.fixture
def asked(server: str, settings: Settings) -> Settings:
    """The site asks the directory."""
    for name, value in directory(server, NAME).items():
        setattr(settings, name, value)
    limits, *others = settings.AUTHENTICATION_BACKENDS
    settings.AUTHENTICATION_BACKENDS = [limits, DIRECTORY_BACKEND, *others]
    return settings


def logged_in(client: Client, user: str, password: str) -> bool:
    client.post("/admin/login/", {"username": user, "password": password})
    return "_auth_user_id" in client.session


@needs_library
@pytest.mark.usefixtures("asked")
def test_member_of_staff_gets_in_with_the_password_of_the_directory(
    client: Client, office_user: Callable[[Role], User]
) -> None:
    analyst = office_user(Role.ANALYST)
    assert logged_in(client, "analyst_1", "of-the-directory")
    assert client.session["_auth_user_id"] == str(analyst.pk)
    assert client.get("/admin/dashboard/").status_code == 200


@needs_library
@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    ("user", "password"),
    [("analyst_1", "another"), ("analyst_1", ""), ("nobody_here", "of-the-directory"), ("*", "of-the-directory"),
     ("analyst_1,ou=people,dc=example,dc=org", "of-the-directory")],
)  # fmt: skip
def test_nobody_else_gets_in(client: Client, office_user: Callable[[Role], User], user: str, password: str) -> None:
    office_user(Role.ANALYST)
    assert not logged_in(client, user, password)
    assert User.objects.count() == 1


@needs_library
@pytest.mark.usefixtures("asked")
def test_account_that_was_ended_is_logged_out(client: Client, office_user: Callable[[Role], User]) -> None:
    analyst = office_user(Role.ANALYST)
    assert logged_in(client, "analyst_1", "of-the-directory")
    User.objects.filter(pk=analyst.pk).update(is_active=False)
    assert client.get("/admin/dashboard/").status_code == 302
    assert not logged_in(Client(), "analyst_1", "of-the-directory")


@needs_library
def test_password_never_goes_in_clear() -> None:
    asked = {uri: directory(uri, NAME)["AUTH_LDAP_START_TLS"] for uri in ("ldap://h", "ldaps://h", "ldapi://h")}
    assert asked == {"ldap://h": True, "ldaps://h": False, "ldapi://h": False}


@needs_library
def test_name_without_a_place_for_the_user_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="LDAP_USER_DN"):
        directory("ldaps://h", "uid=admin,dc=example,dc=org")


@pytest.mark.skipif(find_spec("django_auth_ldap") is not None, reason="django-auth-ldap is installed.")
def test_directory_without_its_library_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"requirements-ldap\.txt"):
        directory("ldaps://h", NAME)
