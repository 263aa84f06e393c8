"""Whom to call next: the rule of a wave, fixed beforehand, and the lists of calls that were made by it."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.casework_terms import CallReason
from survey.models.choices import choices, said_when_shown
from survey.models.collection import Case
from survey.models.wave import Wave


def _percent(least: float, most: float) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(least), MaxValueValidator(most)]


class CallingPlan(models.Model):
    """How the lists of calls of a wave are made and when calling ends; once there is a list it stays as it is.

    ``points`` and ``percent`` are the half widths wanted of 95 % intervals of shares and of amounts; ``least_gain`` is
    the per cent by which the next list must be expected to lower the error, ``enough`` the error in targets that does.
    ``dominance`` is the part of a target squared that a firm taken with certainty carries alone to come first.
    """

    wave = models.OneToOneField(Wave, models.PROTECT, related_name="calling_plan", verbose_name=_("wave"))
    seed = models.BigIntegerField(_("seed"))
    size = models.PositiveIntegerField(
        # Ten at least: one call in ten goes to a firm that is drawn at random (0048).
        _("calls on a list"),
        default=50,
        validators=[MinValueValidator(10), MaxValueValidator(1000)],
    )
    points = models.FloatField(_("shares within, in points"), default=5.0, validators=_percent(0.1, 50))
    percent = models.FloatField(_("amounts within, in per cent"), default=10.0, validators=_percent(0.1, 100))
    dominance = models.FloatField(
        said_when_shown("part of a target that one firm carries"), default=0.015, validators=_percent(0, 1)
    )
    least_gain = models.FloatField(_("least gain of a list, in per cent"), default=1.0, validators=_percent(0, 50))
    enough = models.FloatField(_("error that is enough, in targets"), default=1.0, validators=_percent(0.1, 10))
    fixed_at = models.DateTimeField(_("fixed at"), auto_now=True)
    fixed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("fixed by"))

    class Meta:
        ordering = ["wave"]
        verbose_name = _("rule of calling")
        verbose_name_plural = _("rules of calling")

    def __str__(self) -> str:
        return str(self.wave)


class CallList(models.Model):
    """A list of calls, and what was expected when it was made: errors are in targets.

    ``figures`` are [code, label in each language, error now, error expected]; ``classes`` [label, answers, firms that
    they stand for, chance of a call]. ``advice`` is what the rule said of this list.
    """

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="call_lists", verbose_name=_("wave"))
    number = models.PositiveIntegerField(_("number"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("made by")
    )
    answered = models.PositiveIntegerField(_("answers"))
    error = models.FloatField(_("error now, in targets"))
    expected = models.FloatField(_("error expected after these calls, in targets"))
    answers = models.FloatField(_("answers expected"))
    minutes = models.FloatField(_("minutes expected"))
    advice = models.CharField(_("what the rule says"), max_length=20)
    # Kept as they were expected then, to be held against what came (0048).
    figures = models.JSONField(_("key figures"), default=list)
    classes = models.JSONField(_("classes"), default=list)

    class Meta:
        ordering = ["wave", "-number"]
        verbose_name = _("list of calls")
        verbose_name_plural = _("lists of calls")
        constraints = [models.UniqueConstraint(fields=["wave", "number"], name="call_list_once")]

    def __str__(self) -> str:
        return f"{self.wave} {self.number}"


class ListedCall(models.Model):
    """A firm on a list, its place and why; ``calls_before`` tells whether it was called since."""

    call_list = models.ForeignKey(CallList, models.CASCADE, related_name="calls", verbose_name=_("list of calls"))
    case = models.ForeignKey(Case, models.CASCADE, related_name="listed_calls", verbose_name=_("case"))
    place = models.PositiveIntegerField(_("place"))
    reason = models.CharField(_("why"), max_length=20, choices=choices(CallReason))
    klass = models.CharField(_("class"), max_length=40, blank=True)
    calls_before = models.PositiveIntegerField(_("calls before"), default=0)

    class Meta:
        ordering = ["call_list", "place"]
        verbose_name = _("call on a list")
        verbose_name_plural = _("calls on lists")
        constraints = [models.UniqueConstraint(fields=["call_list", "case"], name="listed_once")]

    def __str__(self) -> str:
        return f"{self.call_list_id} {self.place}"
