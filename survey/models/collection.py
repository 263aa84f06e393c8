"""Fieldwork: the case of each sampled firm, its access code, its response, and what happened on the way."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from survey.casework_terms import FollowUpPart
from survey.models.choices import choices, said_when_shown
from survey.models.sample import SampleUnit
from survey.models.version import QuestionnaireVersion
from survey.models.wave import Wave
from survey.terms import CaseStatus, Channel, Disposition, ResponseStatus


class Case(models.Model):
    """A sampled firm in the fieldwork of a wave.

    The access code is derived from ``key`` and ``code_generation``; the database holds only a keyed hash to find it.
    """

    # Not the primary key: it may leave the house in paths of files and marks, and tells nothing of how many cases
    # there are.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="cases", verbose_name=_("wave"))
    sample_unit = models.OneToOneField(SampleUnit, models.PROTECT, related_name="case", verbose_name=_("sampled firm"))
    status = models.CharField(
        _("status"), max_length=20, choices=choices(CaseStatus), default=CaseStatus.NOT_STARTED.value
    )
    disposition = models.CharField(
        _("disposition"), max_length=30, choices=choices(Disposition), default=Disposition.UNKNOWN_IF_ELIGIBLE.value
    )
    code_generation = models.PositiveIntegerField(_("generation of the access code"), default=1)
    code_hash = models.CharField(_("keyed hash of the access code"), max_length=64, unique=True)
    is_closed = models.BooleanField(_("closed"), default=False)
    code_sent_at = models.DateTimeField(_("access code issued at"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    is_followed_up = models.BooleanField(said_when_shown("drawn for the follow-up of silent firms"), default=False)
    follow_up_sample = models.CharField(
        _("follow-up sample"),
        max_length=10,
        choices=choices(FollowUpPart),
        blank=True,
        help_text=_("Silent firms are in a random follow-up sample, or one that is in it stands for them."),
    )
    is_set_aside = models.BooleanField(
        _("answers do not count"),
        default=False,
        help_text=_("The firm submitted, and an outcome found out since says that its answers are not to be counted."),
    )
    extended_until = models.DateField(
        _("time until"),
        null=True,
        blank=True,
        help_text=_("The last day that this firm was given; it is not reminded until then."),
    )
    # A revoked code is to leave nothing behind, its hash included.
    history = HistoricalRecords(excluded_fields=["code_hash"])

    class Meta:
        ordering = ["wave", "id"]
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [models.Index(fields=["wave", "status"])]
        permissions = [
            ("issue_access_codes", _("Can issue access codes")),
            ("return_response", _("Can return a response for correction")),
        ]

    def __str__(self) -> str:
        return f"{self.wave.code} #{self.pk}"


class Response(models.Model):
    """The answers of one case, as one document pinned to a questionnaire version (see docs/architecture.md).

    ``answers`` is {item code: value}; ``reasons`` is {edit rule code: reason given for a verify failure};
    ``taken_over`` are the codes of items that were submitted as they had been filled in from the wave before;
    ``revision`` grows with every save and lets a stale page be noticed.
    """

    # What counts is never deleted with its case; what came late and what happened on the way goes with it.
    case = models.ForeignKey(Case, models.PROTECT, related_name="responses", verbose_name=_("case"))
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="responses")
    answers = models.JSONField(_("answers"), default=dict)
    reasons = models.JSONField(_("reasons"), default=dict)
    taken_over = models.JSONField(_("taken over from the wave before"), default=list, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    status = models.CharField(
        _("status"), max_length=10, choices=choices(ResponseStatus), default=ResponseStatus.DRAFT.value
    )
    is_current = models.BooleanField(_("current"), default=True)
    channel = models.CharField(_("channel"), max_length=10, choices=choices(Channel), default=Channel.WEB.value)
    language = models.CharField(_("language"), max_length=10, blank=True)
    # NULL while there is none, since a unique column may hold many NULLs but one empty text.
    receipt_number = models.CharField(_("receipt number"), max_length=30, unique=True, null=True, blank=True)
    submission_key = models.CharField(_("submission key"), max_length=64, blank=True)
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    seconds_spent = models.PositiveIntegerField(_("seconds spent"), default=0)
    return_note = models.TextField(_("what to correct"), blank=True)
    # Set with every erasing of answers: the database lets them change with a later time alone.
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)
    # The submitted response that this one was made from, whoever asked for it: an officer or the firm itself.
    corrects = models.ForeignKey(
        "self", models.PROTECT, related_name="corrections_of_it", null=True, blank=True, verbose_name=_("corrects")
    )

    class Meta:
        ordering = ["case", "-id"]
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [
            # A returned response is kept and stops being current (decision 0009), so a case may have several.
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(is_current=True), name="one_current_response_per_case"
            ),
        ]

    def __str__(self) -> str:
        return self.receipt_number or f"#{self.pk}"


class ReturnNote(models.Model):
    """What an officer asks about one question of a response that was sent back; ``response`` is the draft that follows.

    The firm changes the answer or says why it is right; its words stand among the reasons of the response.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="item_notes", verbose_name=_("response"))
    item = models.CharField(_("item"), max_length=60)
    text = models.TextField(_("note"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("note about a question")
        verbose_name_plural = _("notes about questions")
        constraints = [models.UniqueConstraint(fields=["response", "item"], name="one_note_per_item")]

    def __str__(self) -> str:
        return f"{self.item}: {self.text[:40]}"


class LateDraft(models.Model):
    """What was typed after the deadline: kept, not counted, shown to an officer."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="late_drafts")
    answers = models.JSONField(_("answers"), default=dict)
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)

    class Meta:
        ordering = ["-received_at"]
        verbose_name = _("late draft")
        verbose_name_plural = _("late drafts")

    def __str__(self) -> str:
        return f"{self.case_id} {self.received_at:%Y-%m-%d %H:%M}"


class Paradata(models.Model):
    """An event of filling in: a page opened or saved, an error met, a submission. No answers."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="paradata")
    event = models.CharField(_("event"), max_length=30)
    page = models.CharField(_("page"), max_length=40, blank=True)
    detail = models.JSONField(_("detail"), default=dict, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("paradata")
        verbose_name_plural = _("paradata")

    def __str__(self) -> str:
        return self.event


class AccessFailure(models.Model):
    """Wrong access codes per client within a window; the client is a keyed hash of its address."""

    # Unique, so that two first failures at the same time end in one row (get_or_create).
    client = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    window_started_at = models.DateTimeField()

    class Meta:
        verbose_name = _("access failure")
        verbose_name_plural = _("access failures")

    def __str__(self) -> str:
        return self.client[:8]
