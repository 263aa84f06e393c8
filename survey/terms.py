"""The words that every room of the survey shares, as enums that carry their English label.

Labels are message identifiers: a page translates them when it shows them. No Django here.
"""

from enum import StrEnum
from typing import Self


def gettext_noop(message: str) -> str:
    """Mark a message for the translation catalogue and return it unchanged."""
    return message


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """Mark a message and its plural for the translation catalogue and return both unchanged."""
    return one, many


_ = gettext_noop


class Labelled(StrEnum):
    """A code with a label: ``Member.value`` is stored, ``Member.label`` is shown after translation."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class AskedUnit(Labelled):
    """What answers a survey, and what a list has a row for: a firm as a whole, or each of its local units."""

    FIRM = "firm", _("Firms")
    LOCAL_UNIT = "local_unit", _("Local units")


class ItemType(Labelled):
    """How an item is asked and what its answer is (see ``instrument/answers.py`` for the stored form)."""

    SEVERITY = "severity", _("Severity scale")
    YES_NO = "yes_no", _("Yes or no")
    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")
    RANKING = "ranking", _("Ranking")
    INTEGER = "integer", _("Whole number")
    DECIMAL = "decimal", _("Decimal number")
    PERCENTAGE = "percentage", _("Percentage")
    MONEY = "money", _("Money")
    SHARES = "shares", _("Shares that add to 100")
    NUMBER_TABLE = "number_table", _("Small table of numbers")
    TABLE = "table", _("Small table of any answers")
    DATE = "date", _("Date")
    YEAR_MONTH = "year_month", _("Year and month")
    TIME = "time", _("Time of day")
    TEXT = "text", _("Short text")
    LONG_TEXT = "long_text", _("Long text")
    EMAIL = "email", _("E-mail address")
    PHONE = "phone", _("Telephone number")
    CREDIT_CODE = "credit_code", _("Unified social credit code")
    INDUSTRY = "industry", _("Industry")
    DISTRICT = "district", _("District")
    FILE = "file", _("File")
    CALCULATION = "calculation", _("Calculated value")
    NOTE = "note", _("Information")


class Missing(Labelled):
    """A chosen non-answer. Its code is stored in place of the answer; it is not an absent answer."""

    NOT_APPLICABLE = "not_applicable", _("Does not apply to us")
    DONT_KNOW = "dont_know", _("Don't know")
    REFUSED = "refused", _("Prefer not to say")


class Severity(Labelled):
    """The five steps of the item type of that name; the value is the stored option code."""

    NONE = "1", _("No problem")
    SLIGHT = "2", _("Slight")
    MODERATE = "3", _("Moderate")
    SERIOUS = "4", _("Serious")
    VERY_SERIOUS = "5", _("Very serious")


class EditLevel(Labelled):
    """What a failed edit rule asks for: mending, a reason, or attention."""

    HARD = "hard", _("Hard")
    VERIFY = "verify", _("Verify")
    NOTE = "note", _("Note")


class VersionStatus(Labelled):
    """Where a questionnaire version stands in its life."""

    DRAFT = "draft", _("Draft")
    TEST = "test", _("Test")
    FIELDED = "fielded", _("Fielded")
    RETIRED = "retired", _("Retired")


class SizeClass(Labelled):
    """Size of a firm by the 2017 rule of the National Bureau of Statistics."""

    LARGE = "large", _("Large")
    MEDIUM = "medium", _("Medium")
    SMALL = "small", _("Small")
    MICRO = "micro", _("Micro")


class AllocationMethod(Labelled):
    """How a sample size is shared among strata."""

    PROPORTIONAL = "proportional", _("Proportional")
    EQUAL = "equal", _("Equal")
    NEYMAN = "neyman", _("Neyman")
    POWER = "power", _("Power")
    TARGETS = "targets", _("Smallest for wanted errors")


class SampleRelation(Labelled):
    """Which firms of earlier samples a sample is to meet."""

    FRESH = "fresh", _("None: new random numbers")
    KEEP = "keep", _("Keep a part of the firms of an earlier sample")
    AVOID = "avoid", _("Avoid the firms asked in the last 12 months")


class WaveStatus(Labelled):
    """Where a wave stands: before, during and after collection."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class CaseStatus(Labelled):
    """Where a sampled firm stands in fieldwork."""

    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for correction")
    FINALISED = "finalised", _("Finalised without a response")


class Disposition(Labelled):
    """Outcome of a case in the terms of the AAPOR Standard Definitions for establishments."""

    COMPLETE = "complete", _("Complete")
    PARTIAL = "partial", _("Partial")
    REFUSAL = "refusal", _("Refusal")
    NON_CONTACT = "non_contact", _("No contact")
    OTHER = "other", _("Eligible, other non-interview")
    UNKNOWN_IF_ELIGIBLE = "unknown_if_eligible", _("Unknown if eligible")
    UNKNOWN_OTHER = "unknown_other", _("Unknown, other")
    NOT_ELIGIBLE = "not_eligible", _("Not eligible")


class Channel(Labelled):
    """The way an answer came in."""

    WEB = "web", _("Web")
    PAPER = "paper", _("Paper")
    TELEPHONE = "telephone", _("Telephone")
    WORKBOOK = "workbook", _("Offline workbook")


class ResponseStatus(Labelled):
    """Whether a response is still being filled in or has been handed in."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for correction")
    TAKEN_BACK = "taken_back", _("Taken back by the firm")


class PerceivedBurden(Labelled):
    """How heavy a firm found filling in, the lightest first."""

    VERY_LIGHT = "1", _("Very little work")
    LIGHT = "2", _("Little work")
    MIDDLING = "3", _("Reasonable")
    HEAVY = "4", _("Much work")
    VERY_HEAVY = "5", _("Far too much work")


class Difficulty(Labelled):
    """What a firm found hardest about filling in."""

    NOTHING = "nothing", _("Nothing in particular")
    FIGURES = "figures", _("Finding or working out the figures")
    WORDS = "words", _("Understanding what is asked")
    COLLEAGUES = "colleagues", _("Asking colleagues of other departments")
    LENGTH = "length", _("The number of questions")
    PAGES = "pages", _("Using these pages")


class ValueState(Labelled):
    """How a value of the data came about, from the answer to the edited microdata."""

    COLLECTED = "collected", _("Collected")
    TAKEN_OVER = "taken_over", _("Taken over from the wave before")
    CORRECTED = "corrected", _("Corrected")
    IMPUTED = "imputed", _("Imputed")
    CALCULATED = "calculated", _("Calculated")


class CellStatus(Labelled):
    """Whether a figure may be seen, and if not, why not."""

    SHOWN = "shown", _("Shown")
    CAUTION = "caution", _("Use with care")
    UNRELIABLE = "unreliable", _("Too unreliable to publish")
    PRIMARY = "primary", _("Withheld: fewer firms than the threshold")
    SECONDARY = "secondary", _("Withheld: would reveal another withheld figure")
    WITHHELD = "withheld", _("Withheld")
    EMPTY = "empty", _("Nobody was asked")


class Role(Labelled):
    """What a member of staff may do; each is a Django group of the same name."""

    ADMINISTRATOR = "administrator", _("Administrator")
    DESIGNER = "designer", _("Designer")
    FIELD_OFFICER = "field_officer", _("Field officer")
    METHODOLOGIST = "methodologist", _("Methodologist")
    ANALYST = "analyst", _("Analyst")
    VIEWER = "viewer", _("Viewer")


class IndicatorKind(Labelled):
    """What a figure of the analysis plan says about its firms."""

    SHARE = "share", _("Share of firms")
    EMPLOYEE_SHARE = "employee_share", _("Share of employees")
    REVENUE_SHARE = "revenue_share", _("Share of revenue")
    MEAN = "mean", _("Mean")
    MEDIAN = "median", _("Median")
    TOTAL = "total", _("Total")
    RATIO = "ratio", _("Ratio of totals")
    BALANCE = "balance", _("Balance")
    DIFFUSION = "diffusion", _("Diffusion index")
    INDEX = "index", _("Index of weighted parts")


class GroupSource(Labelled):
    """Where the value of a group comes from."""

    FRAME = "frame", _("Frame")
    ITEM = "item", _("Answer")


class Presentation(Labelled):
    """How a block of results is drawn; its table is the same in every one."""

    HEADLINE = "headline", _("Headline figures")
    RANKING = "ranking", _("Ranking")
    DISTRIBUTION = "distribution", _("Distribution")
    HEAT_MAP = "heat_map", _("Heat map")
    INDICATORS = "indicators", _("Numeric indicators")
    REFERENCE = "reference", _("Against a reference value")
    CHOICES = "choices", _("Choices")
    APART = "apart", _("Non-answers apart")


class Chapter(Labelled):
    """A part of the page of results, in the order of its contents; the last is all of them at once."""

    OVERVIEW = "overview", _("Overview")
    RANKING = "ranking", _("Ranking")
    DISTRIBUTIONS = "distributions", _("Distributions")
    GROUPS = "groups", _("Groups")
    INDICATORS = "indicators", _("Indicators")
    DEMANDS = "demands", _("Demands and choices")
    CHANGE = "change", _("Change between waves")
    RESPONSE = "response", _("Response and quality")
    METHOD = "method", _("Method")
    ALL = "all", _("All on one page")
