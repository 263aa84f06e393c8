"""Who of the staff can be given a case."""

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet


def officers() -> QuerySet[User]:
    """Members of staff who may change cases, by name."""
    through_group = Q(
        groups__permissions__codename="change_case", groups__permissions__content_type__app_label="survey"
    )
    staff = User.objects.filter(Q(is_superuser=True) | through_group, is_staff=True, is_active=True)
    # A right may come through two groups, and the join gives the officer twice.
    return staff.order_by("username").distinct()
