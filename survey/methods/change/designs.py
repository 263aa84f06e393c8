"""Change between two waves: the same firms, partly the same firms, or two independent samples."""

import numpy as np

from survey.methods.arrays import Bools, Floats
from survey.methods.comparison.contrasts import Contrast, contrast, contrast_row, standard_error
from survey.methods.errors import WrongShape
from survey.methods.estimates.design import Design
from survey.methods.estimates.estimation import Estimate
from survey.methods.estimates.linearisation import Linearised, linear_mean


def paired_change(
    design: Design, later: Floats, earlier: Floats, domain: Bools | None = None, label: str = ""
) -> Contrast:
    """Mean of the differences within units that answered in both waves; one row per unit."""
    if later.shape != earlier.shape:
        raise WrongShape(earlier.shape, f"{later.shape} later values for {earlier.shape} earlier ones.")
    # The difference within a firm takes the covariance of the waves along without estimating it.
    linear = linear_mean(design, later - earlier, domain)
    se = standard_error(design, linear)
    return contrast_row(label, linear.estimate, se, design.degrees_of_freedom, linear.n)


def overlapping_change(design: Design, y: Floats, later: Bools, earlier: Bools, label: str = "") -> Contrast:
    """Mean of the later rows minus mean of the earlier ones in stacked waves.

    The rows of a firm that is in both waves are one unit of the design (`make_design(unit=...)`), which brings in the
    covariance of the overlap.
    """
    return contrast(design, linear_mean(design, y, later), linear_mean(design, y, earlier), label)


def independent_change(later: Estimate, earlier: Estimate, label: str = "", confidence: float = 0.95) -> Contrast:
    """Difference of two independent samples: the variances add, the quantile is normal."""
    se = float(np.hypot(later.se, earlier.se))
    return contrast_row(label, later.estimate - earlier.estimate, se, np.inf, later.n + earlier.n, confidence)


def independent_difference(
    first: Design, linear: Linearised, second: Design, other: Linearised, label: str = ""
) -> Contrast:
    """The same from linearised estimates of two designs."""
    se = float(np.hypot(standard_error(first, linear), standard_error(second, other)))
    return contrast_row(label, linear.estimate - other.estimate, se, np.inf, linear.n + other.n)
