"""Two phases of sampling within strata: firms are drawn, and of those found in scope a part responds.

A stratum of the sample that holds firms in and out of scope stands in the design as two strata: the respondents, and
the firms out of scope, whose values are 0. How the class splits into the two was itself estimated, from all firms of
known outcome, so its error is that of a first phase and not of the respondents alone. Double sampling for
stratification: Cochran 1977, Sampling Techniques, 12.2 and (12.31), after Rao 1973.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from survey.methods.arrays import Bools, Floats, Ints


@dataclass(frozen=True, eq=False, kw_only=True)
class Phases:
    """What variances of a design in two phases take in place of the finite population correction.

    factor   (H,) of the sum of squares within each stratum, in place of f_h n_h/(n_h - 1)
    between  (R, H): each row r adds (sum_h between_rh U_h)^2, U_h the sum of weighted scores in stratum h
    df       degrees of freedom: firms of known outcome that stand in the design, minus strata of the first phase
    """

    factor: Floats
    between: sparse.csr_array
    df: int

    @property
    def certain(self) -> Bools:
        """(H,) strata that add nothing to any variance."""
        touched = np.zeros(len(self.factor), bool)
        touched[self.between.indices[self.between.data != 0]] = True
        return np.asarray((self.factor == 0) & ~touched, bool)

    def variance(self, units: Ints, sums: Floats, squares: Floats) -> Floats:
        """Variances (..., S) from sums of u and of u^2 (..., H, S)."""
        factor = self.factor
        within: Floats = factor @ squares - (factor / np.maximum(units, 1)) @ sums**2
        # The split of each class is one random event, so what it moves in all strata adds up before it is squared.
        spread = (self._through(sums) ** 2).sum(axis=0).reshape(within.shape)
        return np.asarray(np.maximum(within, 0.0) + spread, float)

    def covariance(self, stratum: Ints, u: Floats) -> Floats:
        """Covariance matrix (k, k) from the weighted scores u (n, k) of units and their strata (n,)."""
        units = np.maximum(np.bincount(stratum, minlength=len(self.factor)), 1)
        sums: Floats = np.column_stack([np.bincount(stratum, column, len(self.factor)) for column in u.T]).astype(float)
        deviation = u - (sums / units[:, None])[stratum]
        within = deviation.T @ (deviation * self.factor[stratum][:, None])
        return np.asarray(within + self.between_sums(sums), float)

    def between_sums(self, sums: Floats) -> Floats:
        """(k, k) what the sums (H, k) of the strata add to a covariance beside the squares within."""
        through = np.asarray(self.between @ sums, float)
        return np.asarray(through.T @ through, float)

    def _through(self, sums: Floats) -> Floats:
        """(R, everything else) the rows of `between` applied to the strata of the sums."""
        flat = np.moveaxis(sums, -2, 0).reshape(sums.shape[-2], -1)
        return np.asarray(self.between @ flat, float)
