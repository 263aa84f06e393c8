"""One login per role for the demonstration. The passwords are random and kept in a file that only the owner reads."""

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User

from survey.services.roles import give_role
from survey.terms import Role


@dataclass(frozen=True, slots=True)
class Login:
    """A user name and its password, in plain text because it is to be shown."""

    username: str
    password: str


def logins_path() -> Path:
    return Path(settings.VAR_DIR) / "demonstration-logins.json"


def create_logins() -> dict[str, Login]:
    """A user for each role, by role. Users of an earlier demonstration get a new password."""
    logins = {role.value: _create_login(role) for role in Role}
    path = logins_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    # The mode before the content: written first, the passwords would lie open for a moment.
    path.touch(mode=0o600)
    path.write_text(json.dumps({role: asdict(login) for role, login in logins.items()}), "utf-8")
    return logins


def read_logins() -> dict[str, Login]:
    """The logins of the demonstration by role; none where there is no demonstration."""
    if not logins_path().exists():
        return {}
    logins = {role: Login(**login) for role, login in json.loads(logins_path().read_text("utf-8")).items()}
    # A file of an earlier database would name logins that open nothing.
    known = set(User.objects.filter(username__in=[login.username for login in logins.values()]).values_list("username"))
    return {role: login for role, login in logins.items() if (login.username,) in known}


def _create_login(role: Role) -> Login:
    user, _ = User.objects.get_or_create(username=f"demo-{role.value}".replace("_", "-"))
    password = "-".join(secrets.token_hex(2) for _ in range(3))
    user.set_password(password)
    user.save(update_fields=["password"])
    give_role(user=user, role=role)
    return Login(user.username, password)
