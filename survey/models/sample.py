"""The sample of a wave: how it was drawn, its strata and its units with their design weights."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from survey.models.choices import choices
from survey.models.frame import FrameUnit, SamplingFrame
from survey.models.wave import Wave
from survey.terms import AllocationMethod, SampleRelation, SizeClass


class Sample(models.Model):
    """A stratified simple random sample. The stored seed, starts and sizes draw the same units again."""

    wave = models.OneToOneField(Wave, models.PROTECT, related_name="sample", verbose_name=_("wave"))
    frame = models.ForeignKey(SamplingFrame, models.PROTECT, related_name="samples", verbose_name=_("sampling frame"))
    method = models.CharField(_("allocation"), max_length=20, choices=choices(AllocationMethod))
    size = models.PositiveIntegerField(_("size"))
    # Two firms are the fewest that give a stratum a variance.
    minimum_per_stratum = models.PositiveIntegerField(
        _("least per stratum"), default=2, validators=[MinValueValidator(2)]
    )
    seed = models.BigIntegerField(_("seed"))
    # Which firms of other samples it was to meet: decides where each stratum starts on the circle of random numbers.
    relation = models.CharField(
        _("relation to other samples"),
        max_length=10,
        choices=choices(SampleRelation),
        default=SampleRelation.FRESH.value,
    )
    related_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("sample whose firms are kept")
    )
    kept_share = models.FloatField(_("share of firms kept"), null=True, blank=True)
    # {stratum: point in [0, 1)}; a stratum that is not named starts at 0.
    starts = models.JSONField(_("starts"), default=dict, blank=True)
    # Share of the sampled firms that was expected to answer, and the half widths that the sizes were to give.
    expected_response = models.FloatField(_("share expected to answer"), default=1.0)
    targets = models.JSONField(_("wanted errors"), default=dict, blank=True)
    drawn_at = models.DateTimeField(_("drawn at"), auto_now_add=True)
    drawn_by = models.ForeignKey("auth.User", models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["-drawn_at"]
        verbose_name = _("sample")
        verbose_name_plural = _("samples")
        permissions = [("draw_sample", _("Can draw a sample"))]

    def __str__(self) -> str:
        return f"{self.wave.code} n={self.size}"


class Stratum(models.Model):
    """An industry section x size class of the frame, and how many of it are in the sample."""

    sample = models.ForeignKey(Sample, models.CASCADE, related_name="strata")
    industry_section = models.CharField(_("industry section"), max_length=1)
    size_class = models.CharField(_("size class"), max_length=10, choices=choices(SizeClass))
    population = models.PositiveIntegerField(_("firms in the frame"))
    sample_size = models.PositiveIntegerField(_("firms in the sample"))
    is_take_all = models.BooleanField(_("take-all"), default=False)

    class Meta:
        ordering = ["sample", "industry_section", "size_class"]
        verbose_name = _("stratum")
        verbose_name_plural = _("strata")
        constraints = [
            models.UniqueConstraint(fields=["sample", "industry_section", "size_class"], name="stratum_once"),
            models.CheckConstraint(
                condition=models.Q(sample_size__lte=models.F("population")), name="stratum_sample_within_population"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.industry_section}-{self.size_class}"

    @property
    def label(self) -> str:
        """The stratum as people read it: section and size class in words."""
        return f"{self.industry_section} {self.get_size_class_display()}"


class SampleUnit(models.Model):
    """A sampled firm with its inclusion probability and design weight (its inverse)."""

    sample = models.ForeignKey(Sample, models.CASCADE, related_name="units")
    stratum = models.ForeignKey(Stratum, models.CASCADE, related_name="units")
    unit = models.ForeignKey(FrameUnit, models.PROTECT, related_name="sample_units", verbose_name=_("firm"))
    # Kept, so that later samples can be co-ordinated with this one (Ohlsson 1995, permanent random numbers).
    permanent_random_number = models.FloatField(_("permanent random number"))
    inclusion_probability = models.FloatField(_("inclusion probability"))
    design_weight = models.FloatField(_("design weight"))

    class Meta:
        ordering = ["sample", "id"]
        verbose_name = _("sampled firm")
        verbose_name_plural = _("sampled firms")
        constraints = [
            models.UniqueConstraint(fields=["sample", "unit"], name="sample_unit_once"),
            models.CheckConstraint(
                condition=models.Q(inclusion_probability__gt=0, inclusion_probability__lte=1),
                name="inclusion_probability_in_range",
            ),
        ]

    def __str__(self) -> str:
        return self.unit.full_name
