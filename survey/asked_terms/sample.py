"""What the drawing of a sample and the page of one say, of firms and of local units."""

from survey.terms import gettext_noop as _
from survey.terms import ngettext_noop

OF_SAMPLE: dict[str, str] = {
    _("There is no list of firms to draw from. Import one first."): _(
        "There is no list of local units to draw from. Import one first."
    ),
    _(
        "Firms are drawn by simple random sampling within strata of industry section and size class. Nothing is "
        "stored before you have seen the allocation."
    ): _(
        "Local units are drawn by simple random sampling within strata of industry section and size class. Nothing "
        "is stored before you have seen the allocation."
    ),
    _("Draw these %(size)s firms"): _("Draw these %(size)s local units"),
    _("%(count)s firms are drawn. Next, issue their access codes."): _(
        "%(count)s local units are drawn. Next, issue their access codes."
    ),
    _("%(frame)s: %(size)s of %(population)s firms in %(strata)s strata. Nothing is drawn yet."): _(
        "%(frame)s: %(size)s of %(population)s local units in %(strata)s strata. Nothing is drawn yet."
    ),
    _(
        "If %(response)s %% of the firms of each stratum answer. Points are half of the 95 %% interval of a share "
        "of 50 %%; coefficients of variation are those of the mean, from the list of firms."
    ): _(
        "If %(response)s %% of the local units of each stratum answer. Points are half of the 95 %% interval of a "
        "share of 50 %%; coefficients of variation are those of the mean, from the list of local units."
    ),
    _("Firms of other samples of the last 12 months"): _("Local units of other samples of the last 12 months"),
    _("%(wave)s: about %(firms)s of its %(size)s firms are expected in this sample."): _(
        "%(wave)s: about %(firms)s of its %(size)s local units are expected in this sample."
    ),
    _("%(share)s %% of the firms of %(wave)s"): _("%(share)s %% of the local units of %(wave)s"),
    _("How often its firms are asked"): _("How often the firms of its local units are asked"),
    _("Firms that are in other samples too"): _("Local units that are in other samples too"),
    _("%(firms)s firms, %(share)s %% of this sample"): _("%(firms)s local units, %(share)s %% of this sample"),
    _(
        "No firm knows of the draw yet. It can be taken back, and the wave drawn again; the audit history keeps "
        "how it had been drawn."
    ): _(
        "No local unit knows of the draw yet. It can be taken back, and the wave drawn again; the audit history "
        "keeps how it had been drawn."
    ),
    _("What the register knows of these firms"): _("What the register knows of these local units"),
    _("%(size)s firms, drawn %(day)s"): _("%(size)s local units, drawn %(day)s"),
    _("Firms in the frame"): _("Local units in the frame"),
    _("Number of firms in the sample. Leave it empty for the smallest sample."): _(
        "Number of local units in the sample. Leave it empty for the smallest sample."
    ),
    _("Where a stratum has fewer firms, all are taken. Large firms are always all taken."): _(
        "Where a stratum has fewer local units, all are taken. Large local units are always all taken."
    ),
    _("Firms that will answer, per cent"): _("Local units that will answer, per cent"),
    _("Wanted error of all firms, points"): _("Wanted error of all local units, points"),
    _("Wanted CV of employees of all firms, per cent"): _("Wanted CV of employees of all local units, per cent"),
    _("Wanted CV of revenue of all firms, per cent"): _("Wanted CV of revenue of all local units, per cent"),
    _(
        "Firms keep their random numbers from sample to sample. A sample that keeps or avoids firms starts at "
        "another point of them, fixed beforehand, so that every firm keeps its probability."
    ): _(
        "Local units keep their random numbers from sample to sample. A sample that keeps or avoids local units "
        "starts at another point of them, fixed beforehand, so that every local unit keeps its probability."
    ),
    _("Sample whose firms are kept"): _("Sample whose local units are kept"),
    _("Firms kept, per cent"): _("Local units kept, per cent"),
    _(
        "The same seed draws the same firms from the same frame. A sample that keeps or avoids firms takes over "
        "the seed of theirs."
    ): _(
        "The same seed draws the same local units from the same frame. A sample that keeps or avoids local units "
        "takes over the seed of theirs."
    ),
    _("Which firms"): _("Which local units"),
    _(
        "How the sample is shared among the strata. Proportional serves all figures alike; Neyman gives more to "
        "strata whose firms differ more in the square root of revenue; power lets small strata speak. The smallest "
        "sample for wanted errors (Bethel) finds its own size."
    ): _(
        "How the sample is shared among the strata. Proportional serves all figures alike; Neyman gives more to "
        "strata whose local units differ more in the square root of revenue; power lets small strata speak. The "
        "smallest sample for wanted errors (Bethel) finds its own size."
    ),
    _("Keep a part of the firms of an earlier sample"): _("Keep a part of the local units of an earlier sample"),
    _("Avoid the firms asked in the last 12 months"): _("Avoid the local units asked in the last 12 months"),
    _("The frame “%(frame)s” has no firms ready to draw from."): _(
        "The frame “%(frame)s” has no local units ready to draw from."
    ),
    _("At least 2 firms per stratum are needed to estimate a standard error."): _(
        "At least 2 local units per stratum are needed to estimate a standard error."
    ),
    _("Enter the number of firms, or choose the smallest sample for wanted errors."): _(
        "Enter the number of local units, or choose the smallest sample for wanted errors."
    ),
    _("Enter points, or a coefficient of variation, for all firms or for each industry."): _(
        "Enter points, or a coefficient of variation, for all local units or for each industry."
    ),
    _(
        "With %(percent)s %% of the firms answering, no sample is exact enough: not even all firms of “%(whom)s” would "
        "tell %(figure)s as exactly as is wanted."
    ): _(
        "With %(percent)s %% of the local units answering, no sample is exact enough: not even all local units of "
        "“%(whom)s” would tell %(figure)s as exactly as is wanted."
    ),
    _("Allow a larger error, or expect more firms to answer."): _(
        "Allow a larger error, or expect more local units to answer."
    ),
    _(
        "A sample of %(size)s is too small: all large firms and at least %(minimum)s of every other stratum are "
        "%(least)s firms."
    ): _(
        "A sample of %(size)s is too small: all large local units and at least %(minimum)s of every other stratum "
        "are %(least)s local units."
    ),
    _("A share of %(share)s of the firms cannot answer."): _("A share of %(share)s of the local units cannot answer."),
    _("There is no earlier sample whose firms could be kept."): _(
        "There is no earlier sample whose local units could be kept."
    ),
    _("No firm was asked in the last 12 months."): _("No local unit was asked in the last 12 months."),
    _("The draw of “%(wave)s” is not voided: %(count)s of its firms have their access code or were worked on."): _(
        "The draw of “%(wave)s” is not voided: %(count)s of its local units have their access code or were worked on."
    ),
    _("A firm that was written to stays in the sample; close its case with an outcome instead."): _(
        "A local unit that was written to stays in the sample; close its case with an outcome instead."
    ),
}
COUNTS_OF_SAMPLE: dict[tuple[str, str], tuple[str, str]] = {
    ngettext_noop(
        "%(firms)s firm has its access code or was worked on, so that the draw stands.",
        "%(firms)s firms have their access code or were worked on, so that the draw stands.",
    ): ngettext_noop(
        "%(firms)s local unit has its access code or was worked on, so that the draw stands.",
        "%(firms)s local units have their access code or were worked on, so that the draw stands.",
    ),
}
