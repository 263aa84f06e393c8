"""Why a sample is not drawn, and why a draw is not voided."""

from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.services.refusals import RefusedError


class SamplingError(RefusedError):
    """Why a sample cannot be drawn."""

    catalogue = Catalogue(
        entries={
            "frame_not_ready": Entry(
                _("The frame “%(frame)s” has no firms ready to draw from."),
                _("Finish its import or choose another frame."),
            ),
            "lists_units": Entry(
                _("The frame “%(frame)s” lists local units, and the survey “%(survey)s” asks firms."),
                _("Choose a frame of firms, or a wave of a survey that asks local units."),
            ),
            "lists_firms": Entry(
                _("The frame “%(frame)s” lists firms, and the survey “%(survey)s” asks local units."),
                _("Choose a frame of local units, or put such a list in first."),
            ),
            "kept_other_rows": Entry(
                _("The sample of “%(wave)s” has no such rows: one asks firms, the other local units."),
                _("Choose a sample drawn from a frame of the same kind, or draw with new random numbers."),
            ),
            "minimum_too_small": Entry(
                _("At least 2 firms per stratum are needed to estimate a standard error."), _("Enter 2 or more.")
            ),
            "size_missing": Entry(
                _("The allocation needs a sample size."),
                _("Enter the number of firms, or choose the smallest sample for wanted errors."),
            ),
            "targets_missing": Entry(
                _("The smallest sample needs an error that is wanted."),
                _("Enter points, or a coefficient of variation, for all firms or for each industry."),
            ),
            "targets_out_of_reach": Entry(
                _(
                    "With %(percent)s %% of the firms answering, no sample is exact enough: not even all firms of "
                    "“%(whom)s” would tell %(figure)s as exactly as is wanted."
                ),
                _("Allow a larger error, or expect more firms to answer."),
            ),
            "size_too_small": Entry(
                _(
                    "A sample of %(size)s is too small: all large firms and at least %(minimum)s of every other "
                    "stratum are %(least)s firms."
                ),
                _("Enter at least %(least)s."),
            ),
            "size_too_large": Entry(_("A sample of %(size)s is larger than the frame."), _("Enter at most %(most)s.")),
            "response_out_of_range": Entry(
                _("A share of %(share)s of the firms cannot answer."), _("Enter a share above 0 and at most 100 %%.")
            ),
            "nothing_to_keep": Entry(
                _("There is no earlier sample whose firms could be kept."),
                _("Choose the sample, or draw with new random numbers."),
            ),
            "nothing_to_avoid": Entry(
                _("No firm was asked in the last 12 months."), _("Draw with new random numbers.")
            ),
            "seed_out_of_range": Entry(
                _("The seed %(seed)s is not a whole number from 0 to 9,223,372,036,854,775,807."),
                _("Enter such a number."),
            ),
            "wave_closed": Entry(_("The wave “%(wave)s” is closed."), _("Choose a wave that is planned or open.")),
            "wave_has_sample": Entry(
                _("The wave “%(wave)s” already has its sample."),
                _("Void that draw first, or make another wave to draw again."),
            ),
            "codes_issued": Entry(
                _(
                    "The draw of “%(wave)s” is not voided: %(count)s of its firms have their access code "
                    "or were worked on."
                ),
                _("A firm that was written to stays in the sample; close its case with an outcome instead."),
            ),
            "name_differs": Entry(
                _("The name typed is not that of the wave."), _("Type %(code)s to void the draw.")
            ),
            "no_allocation": Entry(
                _("No allocation is possible: %(problem)s"), _("Choose proportional allocation or another size.")
            ),
        }
    )  # fmt: skip
