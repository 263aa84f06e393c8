"""Returns are accepted by district, then for the city as a whole; an acceptance can be taken back."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.models import Acceptance, Case, District, Wave
from survey.selectors.fieldwork.acceptance import DONE
from survey.selectors.fieldwork.cases import FIRM
from survey.services.audit import record_action
from survey.services.refusals import RefusedError


class AcceptanceRefusedError(RefusedError):
    """Why returns are not accepted, or an acceptance is not taken back."""

    catalogue = Catalogue(
        entries={
            "accepted_already": Entry(_("These returns are accepted already."), _("Nothing needs to be done.")),
            "districts_first": Entry(
                _("Not every district is accepted yet: %(value)s."), _("Accept the districts first, then the city.")
            ),
            "still_open": Entry(
                _("Firms have neither submitted nor an outcome: %(value)s."),
                _("Write a remark that says why the returns are accepted all the same."),
            ),
            "city_accepted": Entry(_("The city is accepted."), _("Take the acceptance of the city back first.")),
            "not_accepted": Entry(_("These returns are not accepted."), _("Nothing needs to be done.")),
            "no_cases": Entry(_("The wave has no firms there."), _("Choose a district of the list.")),
        }
    )


@transaction.atomic
def accept_returns(*, wave: Wave, district: District | None, remark: str, actor: User) -> Acceptance:
    """Accept the returns of a district, or of the whole city where it is None. Raises ``AcceptanceRefusedError``."""
    # Held, so that two officers do not accept, and one does not take back a district while another accepts the city.
    wave = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    cases = _cases(wave, district)
    if not cases.exists():
        raise AcceptanceRefusedError("no_cases", str(district or ""))
    if Acceptance.objects.filter(wave=wave, district=district).exists():
        raise AcceptanceRefusedError("accepted_already", str(district or ""))
    if district is None and (waiting := _waiting_districts(wave)):
        raise AcceptanceRefusedError("districts_first", ", ".join(map(str, waiting)))
    unresolved = cases.exclude(DONE).count()
    if unresolved and not remark.strip():
        raise AcceptanceRefusedError("still_open", unresolved)
    made = Acceptance.objects.create(
        wave=wave, district=district, accepted_by=actor, unresolved=unresolved, remark=remark.strip()
    )
    record_action(actor=actor, verb="accept_returns", subject=wave.code, district=_code(district), open=unresolved)
    return made


@transaction.atomic
def take_acceptance_back(*, wave: Wave, district: District | None, actor: User) -> None:
    """Undo an acceptance; that of a district only while the city is not accepted. Raises ``AcceptanceRefusedError``."""
    # Held for the same reason as when accepting: the city is not accepted while one of its districts is taken back.
    wave = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if district is not None and Acceptance.objects.filter(wave=wave, district=None).exists():
        raise AcceptanceRefusedError("city_accepted", str(district))
    found = Acceptance.objects.filter(wave=wave, district=district).first()
    if found is None:
        raise AcceptanceRefusedError("not_accepted", str(district or ""))
    # Before the row goes: the history is the only place that still tells who had accepted, and when.
    record_action(
        actor=actor,
        verb="take_acceptance_back",
        subject=wave.code,
        district=_code(district),
        accepted_by=str(found.accepted_by),
        accepted_at=found.accepted_at.isoformat(),
    )
    found.delete()


def _cases(wave: Wave, district: District | None) -> QuerySet[Case]:
    cases = Case.objects.filter(wave=wave)
    return cases if district is None else cases.filter(**{f"{FIRM}__district": district})


def _waiting_districts(wave: Wave) -> list[District]:
    accepted = Acceptance.objects.filter(wave=wave).exclude(district=None).values("district")
    # Only districts that have firms in the wave: the others could never be accepted and would hold up the city.
    used = Case.objects.filter(wave=wave).values(f"{FIRM}__district")
    return list(District.objects.filter(pk__in=used).exclude(pk__in=accepted))


def _code(district: District | None) -> str:
    return district.code if district else ""
