"""What is known of the error of a figure of a domain: its own degrees of freedom and effective number of answers.

The degrees of freedom of the whole design say how well a variance over all strata is known, not one that rests on a
few firms; a domain takes the smaller of both (Korn and Graubard 1999, 5.2; NCHS 2017, Series 2 no. 175). One firm alone
has no error that could be estimated, and figures of firms that were all taken with certainty have none at all.
"""

from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats
from survey.methods.estimates.design import Design
from survey.methods.estimates.estimation import Estimate, coefficient_of_variation, kish_size
from survey.methods.estimates.intervals import t_interval


@dataclass(frozen=True, eq=False, kw_only=True)
class DomainPrecision:
    """Standard errors (nan = not known), degrees of freedom, effective numbers of answers, and which are of a census;
    all of the shape of the estimates."""

    se: Floats
    df: Floats
    n_eff: Floats
    census: Bools


def domain_precision(
    se: Floats,
    n: Floats,
    df: float,
    df_domain: Floats,
    kish: Floats,
    deff: Floats,
    census: Bools,
    df_effective: Floats | float = np.inf,
) -> DomainPrecision:
    """Precision of figures with these standard errors, `n` answers in the domain, df of the design, of the domain, and
    of the variance itself (`effective_df`), of which the smallest counts.

    The error of a census is 0 whatever its share; without degrees of freedom in the domain it is not known. The
    effective number of answers is the smallest of n, n/deff and Kish's: a design effect below that of the weights is
    more often luck in a small domain than a gain.
    """
    whole = np.minimum(float(df), df_domain)
    # A single firm has no spread: its error of 0 would pass for certainty.
    known = census | ((n > 1) & (whole > 0))
    free = np.fmin(whole, df_effective)
    # fmin leaves nan aside: where no design effect is known Kish's size stands alone.
    size = np.fmin(np.where(deff > 0, n / np.where(deff > 0, deff, 1.0), np.nan), kish)
    return DomainPrecision(
        se=np.where(census, 0.0, np.where(known, se, np.nan)),
        df=np.where(census, np.asarray(df_domain, float), free),
        n_eff=np.where(n > 0, np.fmin(size, n), 0.0),
        census=census,
    )


def census_domains(inside: Floats, certain: Bools) -> Bools:
    """Whether all firms inside are in strata without sampling error: `inside` counts them, the stratum on the last axis
    (..., H); `certain` (H,). A domain without a firm is no census."""
    some = inside > 0
    return np.asarray(some.any(axis=-1) & ~(some & ~certain).any(axis=-1), bool)


def row_by_domain(
    design: Design,
    row: Estimate,
    inside: Bools,
    confidence: float = 0.95,
    *,
    df_effective: float = np.inf,
    is_known: bool = True,
) -> Estimate:
    """The row of units `inside` (in the domain and answered) with the precision of its domain and a t interval; unless
    all `is_known` of the firms asked, that of a census has an error too."""
    answers = np.bincount(design.stratum[inside], minlength=len(design.strata)).astype(float)
    census = census_domains(answers, design.certain) & is_known
    kish = kish_size(design.weight[inside])
    n, df_domain, deff, se = (np.asarray(one, float) for one in (row.n, row.df_domain, row.deff, row.se))
    found = domain_precision(se, n, row.df, df_domain, np.asarray(kish), deff, census, df_effective)
    error, df = float(found.se), float(found.df)
    # Everybody answered: the figure is what it is.
    low, high = (row.estimate, row.estimate) if census else t_interval(row.estimate, error, df, confidence)
    cv = coefficient_of_variation(row.estimate, error)
    return row._replace(se=error, cv=cv, ci_low=low, ci_high=high, df=df, n_eff=float(found.n_eff))
