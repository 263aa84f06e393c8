"""How often 95 % intervals of a kind of figure held the truth in the study of the whole path (docs/coverage.md)."""

from dataclasses import dataclass

from survey.methods.tables.table import Statistic
from survey.terms import Labelled
from survey.terms import gettext_noop as _


class ResponseScenario(Labelled):
    """How the firms of a simulated wave answer; the codes are those of the study."""

    FULL = "full", _("every firm answers")
    BY_SIZE = "by_size", _("small firms answer less often")
    BY_ANSWER = "by_answer", _("whether a firm answers depends on what it would say")
    TAKE_ALL = "take_all", _("two in five of the large firms are missing")
    MARKED = "marked", _("closed firms in the frame, reported as closed")
    SILENT = "silent", _("closed firms in the frame that say nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Coverages as fractions, over all scenarios in which the answer itself does not drive response.

    all_firms, lowest  mean and lowest coverage of figures of all firms
    scenario           where the lowest was found, None = not told
    domains            coverage of figures of domains graded reliable, None = too few were
    error              Monte Carlo error of the lowest
    """

    statistic: Statistic
    all_firms: float
    lowest: float
    error: float
    domains: float | None
    scenario: ResponseScenario | None = None
