"""Whose cases are whose: the districts and surveys of a member of staff, as a condition on what he may see."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet

from survey.models import Case, Territory, Wave

DISTRICT, SURVEY = "sample_unit__unit__district_id", "wave__survey_id"
Somebody = AbstractBaseUser | AnonymousUser


def rows_of_territory(user: Somebody) -> list[tuple[int | None, int | None]]:
    """(district, survey) of each of the user's rows; None is every one. Asked once for a request."""
    found: list[tuple[int | None, int | None]] | None = getattr(user, "_territory_rows", None)
    if found is None:
        found = list(Territory.objects.filter(user_id=user.pk or 0).values_list("district_id", "survey_id"))
        # The object of the user lives as long as its request does.
        user._territory_rows = found  # type: ignore[union-attr]
    return found


def own_cases(user: Somebody, case: str = "") -> Q:
    """The condition on rows that ``case`` leads from to their case ("case__"): those the user works on.

    Without a row of his own that is every case.
    """
    return _any_of(rows_of_territory(user), case + DISTRICT, case + SURVEY)


def works_everywhere(user: Somebody) -> bool:
    """Whether the user works on every district, of some survey at least: lists of firms, samples and waves as a whole
    concern those alone."""
    rows = rows_of_territory(user)
    return not rows or any(district is None for district, _survey in rows)


def own_districts(user: Somebody, path: str) -> Q:
    """The condition on rows that ``path`` leads from to their district, whatever the survey."""
    # Of the register the survey says nothing: a firm is in a district, not in a survey.
    return _any_of([(district, None) for district, _survey in rows_of_territory(user)], path, "")


def own_waves(user: Somebody) -> QuerySet[Wave]:
    """The waves of the surveys that the user works on."""
    return Wave.objects.filter(
        _any_of([(None, survey) for _district, survey in rows_of_territory(user)], "", "survey_id")
    )


def visible_cases(user: Somebody) -> QuerySet[Case]:
    """The cases that the user may see: every list, file and page of the office begins here."""
    return Case.objects.filter(own_cases(user))


def _any_of(rows: list[tuple[int | None, int | None]], district_path: str, survey_path: str) -> Q:
    condition = Q()
    for district, survey in rows:
        one = {district_path: district, survey_path: survey}
        restricted = Q(**{path: value for path, value in one.items() if value is not None})
        # A row that restricts nothing lets everything in, which Q() joined by "or" would not.
        if not restricted:
            return Q()
        condition |= restricted
    return condition
