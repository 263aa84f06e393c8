"""The list of firms that samples are drawn from, and the classifications that its columns use."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from survey.models.choices import choices
from survey.models.natural_keys import NaturallyKeyed
from survey.models.translated import TranslatedField, in_page_language
from survey.register_terms import identity_of
from survey.terms import AskedUnit, SizeClass


class Industry(NaturallyKeyed):
    """A section (one letter) or division (two digits) of GB/T 4754-2017."""

    natural_key_fields = ("code",)
    code = models.CharField(_("code"), max_length=4, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = TranslatedField(_("name"), max_length=150, needed=("zh",))

    class Meta:
        ordering = ["code"]
        verbose_name = _("industry")
        verbose_name_plural = _("industries")

    def __str__(self) -> str:
        return f"{self.code} {in_page_language(self.name)}"


class District(NaturallyKeyed):
    """A reporting area."""

    natural_key_fields = ("code",)
    code = models.CharField(_("code"), max_length=8, unique=True)
    name = TranslatedField(_("name"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("district")
        verbose_name_plural = _("districts")

    def __str__(self) -> str:
        return in_page_language(self.name)


class SizeThreshold(NaturallyKeyed):
    """Lower bounds of large, medium and small for one indicator of one group of industries (2017 rule)."""

    natural_key_fields = ("group_name", "indicator")

    class Indicator(models.TextChoices):
        EMPLOYEES = "X", _("Employees")
        REVENUE = "Y", _("Revenue, 10,000 yuan")
        ASSETS = "Z", _("Total assets, 10,000 yuan")

    group_name = models.CharField(_("group"), max_length=60)
    industry_codes = models.CharField(_("industry codes"), max_length=200, help_text=_("Separated by semicolons."))
    indicator = models.CharField(_("indicator"), max_length=1, choices=Indicator.choices)
    large_min = models.FloatField(_("large from"))
    medium_min = models.FloatField(_("medium from"))
    small_min = models.FloatField(_("small from"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["id"]
        verbose_name = _("size threshold")
        verbose_name_plural = _("size thresholds")
        constraints = [models.UniqueConstraint(fields=["group_name", "indicator"], name="size_threshold_once")]

    def __str__(self) -> str:
        return f"{self.group_name} {self.indicator}"


class SamplingFrame(models.Model):
    """One import of the list of firms. Only a ready frame can be seen and sampled from."""

    class Status(models.TextChoices):
        LOADING = "loading", _("Loading")
        READY = "ready", _("Ready")

    title = models.CharField(_("title"), max_length=200)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.LOADING)
    lists = models.CharField(_("rows are"), max_length=10, choices=choices(AskedUnit), default=AskedUnit.FIRM.value)
    source_name = models.CharField(_("file"), max_length=200)
    source_digest = models.CharField(_("digest of the file"), max_length=64)
    unit_count = models.PositiveIntegerField(_("firms"), default=0)
    is_demonstration = models.BooleanField(_("demonstration"), default=False)
    created_at = models.DateTimeField(_("imported at"), auto_now_add=True)
    created_by = models.ForeignKey("auth.User", models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("sampling frame")
        verbose_name_plural = _("sampling frames")
        permissions = [("import_frame", _("Can import a list of firms"))]

    def __str__(self) -> str:
        return self.title


class FrameUnit(models.Model):
    """A firm of a sampling frame, or a local unit of one: ``name`` and all that follows it are those of the unit."""

    frame = models.ForeignKey(SamplingFrame, models.CASCADE, related_name="units")
    # 18 characters by GB 32100-2015; unique within a frame only, because each year has a list of its own.
    credit_code = models.CharField(_("unified social credit code"), max_length=18)
    # As the firm or the office numbers its units; blank for a firm as a whole.
    unit_key = models.CharField(_("number of the local unit"), max_length=40, blank=True, default="")
    name = models.CharField(_("name of the firm"), max_length=200)
    district = models.ForeignKey(District, models.PROTECT, related_name="+", verbose_name=_("district"))
    industry = models.ForeignKey(Industry, models.PROTECT, related_name="+", verbose_name=_("industry division"))
    industry_section = models.CharField(_("industry section"), max_length=1)
    size_class = models.CharField(_("size class"), max_length=10, choices=choices(SizeClass))
    employees = models.PositiveIntegerField(_("employees"))
    revenue = models.FloatField(_("revenue, 10,000 yuan"))
    # The firm of the register; what the frame says of it is what was known when the list came.
    firm = models.ForeignKey(
        "survey.Firm",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="frame_units",
        verbose_name=_("registered firm"),
    )
    local_unit = models.ForeignKey(
        "survey.LocalUnit",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="frame_units",
        verbose_name=_("local unit"),
    )

    class Meta:
        ordering = ["credit_code", "unit_key"]
        verbose_name = _("firm")
        verbose_name_plural = _("firms")
        constraints = [models.UniqueConstraint(fields=["frame", "credit_code", "unit_key"], name="frame_unit_once")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def identity(self) -> str:
        """What tells it in every list."""
        return identity_of(self.credit_code, self.unit_key)

    @property
    def full_name(self) -> str:
        """The name as a person tells it by: units of one firm may share it, so theirs has the number."""
        return f"{self.name} ({self.unit_key})" if self.unit_key else self.name


class Contact(models.Model):
    """The person at a firm whom the survey team writes to. Never shown to analysts and viewers."""

    unit = models.OneToOneField(FrameUnit, models.CASCADE, related_name="contact")
    name = models.CharField(_("contact person"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return self.name


class FrameImport(models.Model):
    """A file that an officer has put in: its progress, what is wrong with it, and what became of it."""

    class Status(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        WAITING = "waiting", _("Waiting for a decision")
        LOADING = "loading", _("Being loaded")
        DONE = "done", _("Imported")
        REFUSED = "refused", _("Refused")
        DISCARDED = "discarded", _("Discarded")
        EXPIRED = "expired", _("Expired")

    title = models.CharField(_("title"), max_length=200)
    lists = models.CharField(_("rows are"), max_length=10, choices=choices(AskedUnit), default=AskedUnit.FIRM.value)
    source_name = models.CharField(_("file"), max_length=200)
    stored_file = models.FileField(_("stored file"), upload_to="frame_imports", blank=True)
    errors_file = models.FileField(_("rows with errors"), upload_to="frame_imports", blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.CHECKING)
    # Why the file was refused, or what is wrong with how many rows: codes and values, put into words when shown.
    report = models.JSONField(_("report"), default=dict, blank=True)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    rows_good = models.PositiveIntegerField(_("good rows"), default=0)
    rows_bad = models.PositiveIntegerField(_("rows with errors"), default=0)
    # Every portion writes it: a check that is silent for long has died with its server and may be begun again.
    heartbeat = models.DateTimeField(_("last sign of life"), auto_now=True)
    created_at = models.DateTimeField(_("put in at"), auto_now_add=True)
    created_by = models.ForeignKey("auth.User", models.PROTECT, null=True, related_name="+")
    # The job that checks or loads it, or did so last.
    job = models.ForeignKey("survey.Job", models.SET_NULL, null=True, blank=True, related_name="+")
    # The frame that the rows of this list go into, being those it lacked; None for a frame of its own.
    joins = models.ForeignKey(
        SamplingFrame, models.SET_NULL, null=True, blank=True, related_name="joined_by", verbose_name=_("goes into")
    )
    # The editions whose codes the list uses; None for the current one.
    industries_by = models.ForeignKey(
        "survey.ClassificationVersion",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("industries by"),
    )
    districts_by = models.ForeignKey(
        "survey.ClassificationVersion",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("districts by"),
    )
    # What was put in, by whom and with which faults outlives the frame.
    frame = models.OneToOneField(SamplingFrame, models.SET_NULL, null=True, blank=True, related_name="origin")

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("frame import")
        verbose_name_plural = _("frame imports")

    def __str__(self) -> str:
        return f"{self.title} ({self.source_name})"
