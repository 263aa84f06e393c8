"""Actions on many cases in the words of the office, each of which keeps what stood there before and can be undone."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from survey.models import BulkAction, Case, Territory
from survey.services.audit import record_action
from survey.services.casework.bulk_asked import Before, BulkAsked, BulkRefusedError
from survey.services.casework.bulk_findings import give_time, set_outcomes, take_outcomes_back, take_time_back
from survey.services.casework.bulk_plans import give_by_district, set_planned, take_planned_back
from survey.services.fieldwork.case_actions import CLOSED, SUBMITTED, Exclusion, taken_cases
from survey.terms import gettext_noop as _


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkKind:
    """A kind of action: ``asks`` are the fields of its form, ``do`` sets them and gives what stood there before of the
    cases that changed, ``undo`` takes it back where nothing newer stands: how many."""

    name: str
    label: str
    effect: str
    asks: tuple[str, ...]
    exclusions: tuple[Exclusion, ...]
    do: Callable[[list[int], BulkAsked, User], Before]
    undo: Callable[[Before, User], int]
    permission: str = "change_case"
    drawn: None = None


DISTRICT = "sample_unit__unit__district"
NOBODYS = Exclusion(
    # The same condition as in ``give_by_district``, which would have nobody to take turns with.
    _("no officer of its district"),
    Q(
        ~Exists(
            Territory.objects.filter(
                Q(survey=None) | Q(survey=OuterRef("wave__survey")), district=OuterRef(DISTRICT), user__is_active=True
            )
        )
    ),
)
BULK: dict[str, BulkKind] = {
    kind.name: kind
    for kind in (
        BulkKind(
            name="assign",
            label=_("Give to an officer"),
            effect=_("The cases stand on the work lists of this officer."),
            asks=("officer",),
            exclusions=(CLOSED,),
            do=lambda keys, asked, actor: set_planned(
                "owner", dict.fromkeys(keys, asked.officer.pk if asked.officer else None)
            ),
            undo=take_planned_back("owner"),
        ),
        BulkKind(
            name="by_district",
            label=_("Give to the officers of their districts"),
            effect=_("Each case goes to an officer who has its district, in turn where there are several."),
            asks=(),
            exclusions=(CLOSED, NOBODYS),
            do=give_by_district,
            undo=take_planned_back("owner"),
        ),
        BulkKind(
            name="mark",
            label=_("Set a mark"),
            effect=_("Cases are found again by their mark. Without one, the mark is taken away."),
            asks=("mark",),
            exclusions=(),
            do=lambda keys, asked, actor: set_planned("mark", dict.fromkeys(keys, asked.mark)),
            undo=take_planned_back("mark"),
        ),
        BulkKind(
            name="extend",
            label=_("Give more time"),
            effect=_(
                "The firms may answer until the end of this day, after the deadline too, and are not reminded before "
                "it. Without a day, the time is taken back."
            ),
            asks=("until",),
            exclusions=(SUBMITTED, CLOSED),
            do=give_time,
            undo=take_time_back,
        ),
        BulkKind(
            name="outcome",
            label=_("Set an outcome"),
            effect=_(
                "The work on these cases ends, the firm register learns of it, and answers that were submitted are "
                "kept and do not count any more."
            ),
            asks=("outcome", "source", "reason"),
            exclusions=(CLOSED,),
            do=set_outcomes,
            undo=take_outcomes_back,
        ),
    )
}


@transaction.atomic
def act_on_cases(*, kind: BulkKind, cases: QuerySet[Case], asked: BulkAsked, key: str, actor: User) -> BulkAction:
    """Do it to the cases, which are of one wave, as far as it applies; the same form again is the same action.

    Raises ``BulkRefusedError`` and what single cases are refused by; then nothing is done to any.
    """
    # A double press, or a page sent again after a broken line.
    earlier = BulkAction.objects.filter(key=key).first()
    if earlier is not None:
        return earlier
    # By key, as every action locks its cases: two actions on the same cases wait for each other instead of locking up.
    found = list(taken_cases(kind, cases).order_by("pk").values_list("pk", "wave"))
    # What is told in the list of actions: the first of them that the form had.
    after = str(asked.mark or asked.until or (asked.finding.outcome.value if asked.finding else ""))
    # Where every case was excluded the action is kept all the same: the same form must not act later on other cases.
    wave = found[0][1] if found else cases[:1].get().wave_id
    # Written before anything is done: of two presses at the same moment the second waits here, and finds the first.
    values = {"wave_id": wave, "action": kind.name, "after": after, "actor": actor}
    made, is_new = BulkAction.objects.get_or_create(key=key, defaults=values)
    if not is_new:
        return made
    made.before = kind.do([pk for pk, _wave in found], asked, actor)
    made.count = len(made.before)
    made.save(update_fields=["before", "count"])
    record_action(actor=actor, verb="act_on_cases", subject=made.wave.code, action=kind.name, cases=made.count)
    return made


@transaction.atomic
def undo_action(*, done: BulkAction, actor: User) -> int:
    """Put back what stood there, except where somebody has changed it since: how many. Raises ``BulkRefusedError``."""
    # Held: undone twice, the second time would take back what was set between.
    held = BulkAction.objects.select_for_update(of=("self",)).select_related("wave").get(pk=done.pk)
    if held.undone_at is not None:
        raise BulkRefusedError("undone_already", held.pk)
    count = BULK[held.action].undo(held.before, actor)
    held.undone_at = timezone.now()
    held.save(update_fields=["undone_at"])
    record_action(actor=actor, verb="undo_on_cases", subject=held.wave.code, action=held.action, cases=count)
    return count
