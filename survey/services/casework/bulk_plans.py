"""The officer and the mark of many cases, set at once and put back."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet

from survey.models import Case, CaseWork, Territory
from survey.services.casework.bulk_asked import Before, BulkAsked
from survey.services.fieldwork.cases import BATCH

EMPTY: dict[str, Any] = {"owner": None, "mark": ""}
"""What a case without a plan has."""


def set_planned(field: str, new: dict[int, Any]) -> Before:
    """Set a field of the plan of each case; the plan is made where there is none."""
    before: Before = {}
    keys = list(new)
    for start in range(0, len(keys), BATCH):
        portion = keys[start : start + BATCH]
        # The cases are held, in one order everywhere, so that two officers follow each other.
        list(Case.objects.select_for_update(of=("self",)).filter(pk__in=portion).order_by("pk").values_list("pk"))
        stood = dict(CaseWork.objects.filter(case__in=portion).values_list("case", field))
        changed = [key for key in portion if stood.get(key, EMPTY[field]) != new[key]]
        before |= {str(key): [stood.get(key, EMPTY[field]), new[key]] for key in changed}
        _store(field, {key: new[key] for key in changed}, set(stood))
    return before


def _store(field: str, new: dict[int, Any], known: set[int]) -> None:
    alike: dict[Any, list[int]] = defaultdict(list)
    for key, value in new.items():
        # One statement for all that get the same value: of ten thousand cases the officers are a handful.
        alike[value].append(key)
    for value, keys in alike.items():
        CaseWork.objects.filter(case__in=[key for key in keys if key in known]).update(**{field: value})
        column = "owner_id" if field == "owner" else field
        CaseWork.objects.bulk_create(CaseWork(case_id=key, **{column: value}) for key in keys if key not in known)


def take_planned_back(field: str) -> Callable[[Before, User], int]:
    def undo(before: Before, actor: User) -> int:
        keys = [int(key) for key in before]
        stands: dict[int, Any] = {}
        for start in range(0, len(keys), BATCH):
            rows = CaseWork.objects.filter(case__in=keys[start : start + BATCH])
            stands |= dict(rows.values_list("case", field))
        return len(set_planned(field, {key: old for key, (old, new) in _still(before, stands).items()}))

    return undo


def _still(before: Before, stands: dict[int, Any]) -> dict[int, list[Any]]:
    """Those of which nobody has changed anything since."""
    # Whoever gave a case to somebody else since meant it, so that undoing passes it over.
    return {int(key): pair for key, pair in before.items() if stands.get(int(key)) == pair[1]}


def give_by_district(keys: list[int], asked: BulkAsked, actor: User) -> Before:
    """Each case goes to an officer of its district, in turn where there are several."""
    # By district and key, so that the turns are the same whoever asks and can be told afterwards.
    places = Case.objects.filter(pk__in=keys).order_by("sample_unit__unit__district", "pk")
    rows = places.values_list("pk", "sample_unit__unit__district", "wave__survey")
    officers: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for district, user, survey in _districts().values_list("district", "user", "survey").order_by("user"):
        officers[district or 0].append((user, survey))
    turn: dict[int, int] = defaultdict(int)
    new = {}
    for key, district, survey in rows:
        # A territory without a survey is one for all of them.
        # Once each: an officer may have the district twice, for one survey and for all, and is not given two turns.
        able = sorted({user for user, of in officers[district] if of in (None, survey)})
        new[key] = able[turn[district] % len(able)]
        turn[district] += 1
    return set_planned("owner", new)


def _districts() -> QuerySet[Territory]:
    return Territory.objects.filter(user__is_active=True).exclude(district=None)
