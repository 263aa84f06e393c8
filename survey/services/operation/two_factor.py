"""The second factor of staff: a time-based code (RFC 6238) of an app, and recovery codes for the day it is lost."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.checks import Warning
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django_otp import match_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from survey.services.audit import record_action
from survey.terms import Role

RECOVERY_CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and digits that look alike: recovery codes are copied from paper."""
APP, RECOVERY = "app", "recovery"
ALL, NOBODY = ["all"], ["none"]


def roles_with_second_factor() -> frozenset[str]:
    """The roles that the settings require it of. Raises ImproperlyConfigured for a word that is no role."""
    asked = list(settings.TWO_FACTOR_ROLES)
    if asked in (ALL, NOBODY):
        return frozenset(Role) if asked == ALL else frozenset()
    unknown = sorted(set(asked) - set(Role))
    if unknown or not asked:
        # A slip in the name of a role would otherwise take the second factor from it in silence.
        raise ImproperlyConfigured(
            f"TWO_FACTOR_ROLES names {', '.join(map(repr, unknown)) or 'nothing'}. "
            f"Write all, none, or some of: {', '.join(Role)}."
        )
    return frozenset(asked)


def roles_left_out(**_kwargs: Any) -> list[Warning]:
    """What `manage.py check --deploy` says of roles without a second factor where others have one."""
    required = roles_with_second_factor()
    left_out = [role for role in Role if role not in required]
    if not (required and left_out):
        return []
    hint = "Set it to all, or leave the roles out knowingly."
    return [Warning(f"TWO_FACTOR_ROLES leaves out {', '.join(left_out)}.", hint=hint, id="survey.W001")]


def needs_second_factor(user: User) -> bool:
    """Whether one of the user's roles has to log in with a second factor."""
    required = roles_with_second_factor()
    if not required:
        return False
    # In no group as a rule, and yet allowed everything.
    if user.is_superuser:
        return Role.ADMINISTRATOR.value in required
    return bool(required & set(user.groups.values_list("name", flat=True)))


def has_second_factor(user: User) -> bool:
    """Whether the user has set up an app."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def device_to_set_up(user: User) -> TOTPDevice:
    """The secret that the user's app is to take over; the same one until it is confirmed."""
    # The same secret until it is confirmed: a page that is loaded twice must not make the first QR code void.
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": APP})
    return device


@transaction.atomic
def confirm_device(*, user: User, token: str) -> list[str] | None:
    """Take the app into use if its code is right; the recovery codes to write down, or None."""
    device = device_to_set_up(user)
    # By the device and not by comparing: it remembers the last code, so that one read over a shoulder is void.
    if not device.verify_token(digits_of(token)):
        return None
    # The telephone of before opens nothing from now on; it may be the lost one.
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    record_action(actor=user, verb="second_factor_set_up", subject=user)
    return new_recovery_codes(user=user)


@transaction.atomic
def new_recovery_codes(*, user: User) -> list[str]:
    """Ten fresh codes, each good for one login; earlier ones are void."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name=RECOVERY)
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    # Kept as plain text by django-otp, hence long and good for one login only.
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    record_action(actor=user, verb="recovery_codes_made", subject=user)
    return codes


def verified_device(*, user: User, typed: str) -> Device | None:
    """The device whose code was typed, or None; django-otp makes the next attempt wait longer after each failure."""
    # As it is copied from paper: with blanks, hyphens and capitals.
    token = "".join(typed.split()).replace("-", "").lower()
    return match_token(user, token)


def remaining_recovery_codes(user: User) -> int:
    """How many recovery codes are left."""
    return int(StaticToken.objects.filter(device__user=user).count())


@transaction.atomic
def remove_second_factor(*, users: Iterable[User], actor: User) -> int:
    """Let these members of staff set up an app anew (a lost telephone); how many had one."""
    count = 0
    for user in users:
        removed, _ = TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
        if removed:
            record_action(actor=actor, verb="second_factor_removed", subject=user)
            count += 1
    return count


def digits_of(typed: str) -> str:
    """The digits of what was typed, also full-width ones and in groups."""
    # int() reads the decimal digits of every script, as an input method leaves them: "１２３" is 123.
    return "".join(str(int(character)) for character in typed if character.isdecimal())
