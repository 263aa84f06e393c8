"""Persons in the firm register: of a firm, as they are and as they were, and those who answer for several firms."""

from collections.abc import Callable, Iterator

from survey.models import Delegate, FirmContact
from survey.services.operation.personal_places import Holds, PersonalPlace, joined
from survey.terms import gettext_noop as _

KINDS: dict[str, str] = {
    "firm_contact": _("Person of a firm in the register"),
    "firm_contact_history": _("Earlier person of a firm in the register"),
    "delegate": _("Person who answers for firms"),
}


def find_registered(holds: Holds) -> Iterator[PersonalPlace]:
    """Every place of the register that holds what is looked for."""
    for row in FirmContact.objects.select_related("firm").iterator():
        if any(map(holds, (row.name, row.email, row.phone))):
            text = joined(row.name, row.email, row.phone)
            yield PersonalPlace(kind="firm_contact", key=row.pk, about=row.firm.name, text=text)
    for row in FirmContact.history.select_related("firm").order_by("pk").iterator():
        if any(map(holds, (row.name, row.email, row.phone))):
            about = f"{row.firm or ''} {row.history_date:%Y-%m-%d}"
            text = joined(row.name, row.email, row.phone)
            yield PersonalPlace(kind="firm_contact_history", key=row.history_id, about=about, text=text)
    for person in Delegate.objects.order_by("pk"):
        if any(map(holds, (person.name, person.email, person.phone))):
            text = joined(person.name, person.email, person.phone)
            yield PersonalPlace(kind="delegate", key=person.pk, about=person.organisation, text=text)


def _remove_contact(place: PersonalPlace) -> None:
    for contact in FirmContact.objects.filter(pk=place.key):
        contact.delete()
    # simple_history writes down what it sees deleted.
    FirmContact.history.filter(id=place.key).delete()


def _remove_earlier(place: PersonalPlace) -> None:
    FirmContact.history.filter(history_id=place.key).delete()


def _remove_delegate(place: PersonalPlace) -> None:
    Delegate.objects.filter(pk=place.key).delete()


REGISTER_REMOVERS: dict[str, Callable[[PersonalPlace], None]] = {
    "firm_contact": _remove_contact,
    "firm_contact_history": _remove_earlier,
    "delegate": _remove_delegate,
}
