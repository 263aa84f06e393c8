"""What a survey chooses for its weights, as one frozen value; the defaults are what the method page recommends."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from survey.methods.calibrated.to_frame import CalibrationPlan
from survey.methods.errors import OutOfRange
from survey.methods.imputation.filling import FillingPlan
from survey.methods.weights.eligibility import EligibilityChoice
from survey.weighting_terms import MergingOrder, Nonresponse


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightingPlan:
    """Choices from the sample to the final weight.

    merging, neighbours, least_respondents  which strata join when fewer than `least_respondents` answered
    largest_factor  or when their nonresponse factor is above so many times that of all; None = however large
    largest_weight  weights above so many times the mean of all answers are trimmed within classes; None = never
    notable_factor  nonresponse factors above it are reported
    eligibility     where e of the firms of unknown eligibility comes from
    nonresponse     classes of the adjustment; `propensity_classes` many, by the frame variables `propensity`
                    (none = all that the fieldwork has)
    calibration     to what the frame holds, where it holds something; None = never
    filling         numeric items whose missing answers are filled, and how
    winsorised      numeric items whose large values count less; the limit L of the cut-off, None = the best one
    """

    merging: MergingOrder = MergingOrder.SIZE_FIRST
    neighbours: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    least_respondents: int = 2
    largest_factor: float | None = None
    largest_weight: float | None = None
    notable_factor: float = 3.0
    eligibility: EligibilityChoice = field(default_factory=EligibilityChoice)
    nonresponse: Nonresponse = Nonresponse.STRATA
    propensity: tuple[str, ...] = ()
    # Five classes take away most of the bias (Cochran 1968).
    propensity_classes: int = 5
    calibration: CalibrationPlan | None = field(default_factory=CalibrationPlan)
    filling: Mapping[str, FillingPlan] = field(default_factory=dict)
    winsorised: Mapping[str, float | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.least_respondents < 2:
            raise OutOfRange(self.least_respondents, "A stratum needs two respondents to have a variance.")
        for times in (self.largest_factor, self.largest_weight):
            if times is not None and not times > 1:
                raise OutOfRange(times, "A limit of factors or weights is so many times their mean, and above 1.")
        if not self.notable_factor > 1:
            raise OutOfRange(self.notable_factor, "The factor from which a class is reported must be above 1.")
        if self.propensity_classes < 1:
            raise OutOfRange(self.propensity_classes, "At least one propensity class is needed.")
