"""The survey and its questionnaire as a designer edits it; publishing compiles it into a version."""

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from survey.models.choices import choices, said_when_shown
from survey.models.natural_keys import NaturallyKeyed
from survey.models.translated import TranslatedField, in_page_language
from survey.terms import AskedUnit, ItemType

# As names of variables may be in R, Stata, SPSS and in expressions, whatever program the data go to.
code_validator = RegexValidator(
    r"^[A-Za-z][A-Za-z0-9_]*$", _("Begin with a letter and use only letters, digits and underscores.")
)


class PainPoint(NaturallyKeyed):
    """A burden on firms that items of a survey are about and that rankings choose among; ``raised_by`` named it."""

    natural_key_fields = ("code",)
    code = models.CharField(_("code"), max_length=8, unique=True)
    theme = models.CharField(_("theme"), max_length=1)
    name = TranslatedField(_("name"), max_length=150)
    raised_by = TranslatedField(_("raised by"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("pain point")
        verbose_name_plural = _("pain points")

    def __str__(self) -> str:
        return f"{self.code} {in_page_language(self.name)}"


class Titled(models.Model):
    """What bears a title in both languages."""

    title = TranslatedField(_("title"), max_length=200)

    class Meta:
        abstract = True


class Introduced(Titled):
    """What also says a word before its questions, and is asked under a condition."""

    intro = TranslatedField(_("introduction"), blank=True)
    relevant = models.TextField(_("asked if"), blank=True)

    class Meta:
        abstract = True


class Survey(Titled, NaturallyKeyed):
    """A survey with its statutory header and the notice that respondents read before anything is asked."""

    natural_key_fields = ("code",)
    code = models.SlugField(_("code"), max_length=40, unique=True)
    form_number = models.CharField(_("form number"), max_length=40)
    issuing_authority = TranslatedField(_("issuing authority"), max_length=200)
    approval_number = models.CharField(_("approval or record number"), max_length=100)
    approval_expires = models.DateField(
        _("valid until"), help_text=_("Collection closes at the end of this day, whatever the wave's deadline.")
    )
    asks = models.CharField(
        _("asks"),
        max_length=10,
        choices=choices(AskedUnit),
        default=AskedUnit.FIRM.value,
        help_text=_("Each firm once, or each of its local units. It stands from the first sample of a wave on."),
    )
    is_mandatory = models.BooleanField(_("mandatory"), default=False)
    purpose = TranslatedField(_("purpose"))
    legal_basis = TranslatedField(_("legal basis"))
    confidentiality = TranslatedField(_("confidentiality"))
    preparation = TranslatedField(_("what to have at hand"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes it takes"), default=10)
    hourly_cost = models.PositiveIntegerField(
        _("labour cost of an hour, yuan"),
        null=True,
        blank=True,
        help_text=_("Of those who fill in, by the statistics of labour; the account of burden rests on it."),
    )
    contact = TranslatedField(_("whom to call"), max_length=200)
    languages = models.JSONField(
        _("further languages"),
        default=list,
        blank=True,
        help_text=_("Codes of the languages besides Chinese and English in which texts are kept, such as fr, vi."),
    )
    reasons = TranslatedField(
        _("reasons for unusual answers"),
        blank=True,
        help_text=_("One a line: a code, a space, the words. Left empty, a list that suits most surveys is offered."),
    )
    is_demonstration = models.BooleanField(_("demonstration"), default=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["code"]
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")

    def __str__(self) -> str:
        return in_page_language(self.title)


class Questionnaire(Titled, NaturallyKeyed):
    """The questionnaire of a survey as it is being designed; publishing compiles it into a version."""

    natural_key_fields = ("code",)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="questionnaires", verbose_name=_("survey"))
    code = models.CharField(_("code"), max_length=40, unique=True, validators=[code_validator])
    history = HistoricalRecords()

    class Meta:
        ordering = ["code"]
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        permissions = [("publish_questionnaire", _("Can publish a questionnaire version"))]

    def __str__(self) -> str:
        return in_page_language(self.title)


class Section(Introduced, NaturallyKeyed):
    """A part of the questionnaire that the hub lists."""

    natural_key_fields = ("questionnaire__code", "code")
    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="sections", verbose_name=_("questionnaire")
    )
    code = models.CharField(_("code"), max_length=40, validators=[code_validator])
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [models.UniqueConstraint(fields=["questionnaire", "code"], name="section_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {in_page_language(self.title)}"


class Page(Introduced, NaturallyKeyed):
    """One topic of a section, shown at a time."""

    natural_key_fields = ("section__questionnaire__code", "section__code", "code")
    section = models.ForeignKey(Section, models.CASCADE, related_name="pages", verbose_name=_("section"))
    code = models.CharField(_("code"), max_length=40, validators=[code_validator])
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [models.UniqueConstraint(fields=["section", "code"], name="page_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {in_page_language(self.title)}"


class Item(NaturallyKeyed):
    """One question. The fields mean what the fields of ``survey.instrument.schema.Item`` mean."""

    natural_key_fields = (
        "page__section__questionnaire__code",
        "page__section__code",
        "page__code",
        "code",
    )
    page = models.ForeignKey(Page, models.CASCADE, related_name="items", verbose_name=_("page"))
    code = models.CharField(_("code"), max_length=40, validators=[code_validator])
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    type = models.CharField(_("type"), max_length=20, choices=choices(ItemType))
    text = TranslatedField(_("wording"))
    hint = TranslatedField(_("hint"), blank=True)
    concept = models.CharField(_("concept"), max_length=60, blank=True)
    pain_point = models.ForeignKey(
        PainPoint, models.PROTECT, related_name="items", null=True, blank=True, verbose_name=_("pain point")
    )
    missing = models.JSONField(_("non-answers offered"), default=list, blank=True)
    required = models.TextField(_("required if"), blank=True)
    relevant = models.TextField(_("asked if"), blank=True)
    constraint = models.TextField(_("constraint"), blank=True)
    constraint_message = TranslatedField(_("constraint message"), blank=True)
    required_message = TranslatedField(_("message where it is left open"), blank=True)
    calculation = models.TextField(_("calculation"), blank=True)
    appearance = models.CharField(_("appearance"), max_length=40, blank=True)
    unit = TranslatedField(_("unit"), max_length=40, blank=True)
    minimum = models.FloatField(_("minimum"), null=True, blank=True)
    maximum = models.FloatField(_("maximum"), null=True, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimal places"), null=True, blank=True)
    max_choices = models.PositiveSmallIntegerField(_("choices at most"), null=True, blank=True)
    max_length = models.PositiveIntegerField(_("characters at most"), null=True, blank=True)
    can_estimate = models.BooleanField(_("an estimate is fine"), default=False)
    magnitude = models.FloatField(_("magnitude check"), null=True, blank=True)
    prefill = models.TextField(_("prefilled from the frame"), blank=True)
    file_types = models.JSONField(_("file types"), default=list, blank=True)
    max_megabytes = models.FloatField(_("megabytes at most"), null=True, blank=True)
    shuffled = models.BooleanField(
        _("options in a drawn order"),
        default=False,
        help_text=said_when_shown("Each firm sees them in an order of its own."),
    )
    beside_last = models.BooleanField(
        _("last answer beside it"),
        default=False,
        help_text=said_when_shown("A firm that answered the wave before sees its answer of then and can take it over."),
    )
    largest_change = models.FloatField(
        _("largest change"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("What needs no reason, as a multiple of the figure in the wave before: 2 is up to double or half."),
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("item")
        verbose_name_plural = _("items")
        constraints = [models.UniqueConstraint(fields=["page", "code"], name="item_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {in_page_language(self.text)}"


class Option(NaturallyKeyed):
    """One answer of a closed item, or with ``is_row`` one row of a table."""

    natural_key_fields = (
        "item__page__section__questionnaire__code",
        "item__page__section__code",
        "item__page__code",
        "item__code",
        "code",
        "is_row",
    )
    item = models.ForeignKey(Item, models.CASCADE, related_name="options", verbose_name=_("item"))
    code = models.CharField(_("code"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = TranslatedField(_("wording"), max_length=300)
    is_exclusive = models.BooleanField(_("excludes the others"), default=False)
    asks_to_specify = models.BooleanField(_("asks to specify"), default=False)
    is_row = models.BooleanField(_("row of a table"), default=False)
    relevant = models.TextField(_("offered if"), blank=True)
    type = models.CharField(
        _("answers in the column"),
        max_length=20,
        choices=choices(ItemType),
        blank=True,
        help_text=_("For the column of a table of any answers: what its cells hold."),
    )
    choices = TranslatedField(
        _("choices in the column"),
        blank=True,
        help_text=_("One a line: a code, a space, the words. For a column that is chosen from."),
    )
    is_required = models.BooleanField(
        _("no cell left open"),
        default=False,
        help_text=_("For the column of a table: in each row, or in each begun row of a table that is not required."),
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("option")
        verbose_name_plural = _("options")
        constraints = [models.UniqueConstraint(fields=["item", "code", "is_row"], name="option_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {in_page_language(self.text)}"
