"""Drawing the sample of a wave, after showing what would be drawn."""

from dataclasses import dataclass

import pandas as pd
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.methods.errors import MethodsError
from survey.methods.sampling.plan import permanent_random_numbers, plan_strata, smallest_sample, stratum_codes
from survey.methods.sampling.selection import select_by_random_number
from survey.models import Case, Sample, SampleUnit, SamplingFrame, Stratum, Wave
from survey.selectors.fieldwork.sampling import read_frame_units
from survey.services.audit import record_action
from survey.services.fieldwork.access_codes import derive_code, hash_code
from survey.services.refusals import RefusedError
from survey.terms import AllocationMethod, WaveStatus

# The largest number of a BigIntegerField, in which the seed is kept to draw again.
SEED_LIMIT = 2**63
BATCH = 2000


class SamplingError(RefusedError):
    """Why a sample cannot be drawn."""

    catalogue = Catalogue(
        entries={
            "frame_not_ready": Entry(
                _("The frame “%(frame)s” has no firms ready to draw from."),
                _("Finish its import or choose another frame."),
            ),
            "minimum_too_small": Entry(
                _("At least 2 firms per stratum are needed to estimate a standard error."), _("Enter 2 or more.")
            ),
            "size_too_small": Entry(
                _(
                    "A sample of %(size)s is too small: all large firms and at least %(minimum)s of every other "
                    "stratum are %(least)s firms."
                ),
                _("Enter at least %(least)s."),
            ),
            "size_too_large": Entry(_("A sample of %(size)s is larger than the frame."), _("Enter at most %(most)s.")),
            "seed_out_of_range": Entry(
                _("The seed %(seed)s is not a whole number from 0 to 9,223,372,036,854,775,807."),
                _("Enter such a number."),
            ),
            "wave_closed": Entry(_("The wave “%(wave)s” is closed."), _("Choose a wave that is planned or open.")),
            "wave_has_sample": Entry(
                _("The wave “%(wave)s” already has its sample."), _("Make another wave to draw again.")
            ),
            "no_allocation": Entry(
                _("No allocation is possible: %(problem)s"), _("Choose proportional allocation or another size.")
            ),
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePlan:
    """What a draw would take: ``strata`` has the columns of ``methods.sampling_plan.PLAN_COLUMNS``."""

    frame: SamplingFrame
    size: int
    method: AllocationMethod
    minimum_per_stratum: int
    units: pd.DataFrame
    strata: pd.DataFrame

    @property
    def population(self) -> int:
        return len(self.units)


def plan_sample(
    *, frame: SamplingFrame, size: int, method: AllocationMethod | str, minimum_per_stratum: int = 2
) -> SamplePlan:
    """The allocation that a draw would use; nothing is stored. Raises ``SamplingError``."""
    units = read_frame_units(frame)
    _refuse_impossible_plan(frame, units, size, minimum_per_stratum)
    try:
        strata = plan_strata(units, size=size, method=method, minimum=minimum_per_stratum)
    except MethodsError as error:
        raise SamplingError("no_allocation", error.value, problem=error.complaint.message()) from error
    return SamplePlan(
        frame=frame,
        size=size,
        method=AllocationMethod(method),
        minimum_per_stratum=minimum_per_stratum,
        units=units,
        strata=strata,
    )


def _refuse_impossible_plan(frame: SamplingFrame, units: pd.DataFrame, size: int, minimum: int) -> None:
    if frame.status != SamplingFrame.Status.READY or units.empty:
        raise SamplingError("frame_not_ready", frame.pk, frame=frame)
    # The variance within a stratum is a sum divided by n - 1: one firm has none.
    if minimum < 2:
        raise SamplingError("minimum_too_small", minimum)
    least = smallest_sample(units, minimum)
    if size < least:
        raise SamplingError("size_too_small", size, size=size, minimum=minimum, least=least)
    if size > len(units):
        raise SamplingError("size_too_large", size, size=size, most=len(units))


@transaction.atomic
def draw_sample(
    *,
    wave: Wave,
    frame: SamplingFrame,
    size: int,
    method: AllocationMethod | str,
    seed: int,
    minimum_per_stratum: int = 2,
    actor: User | None,
) -> Sample:
    """Draw and store the sample of a wave, with a case and an access code for every firm in it.

    The same seed and frame give the same firms whatever the order of the rows. Raises ``SamplingError``.
    """
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    _refuse_wave(wave, seed)
    # Planned again under the lock, not handed over from the preview: the frame may have become ready or gone in
    # between.
    plan = plan_sample(frame=frame, size=size, method=method, minimum_per_stratum=minimum_per_stratum)
    sample = Sample.objects.create(
        wave=wave,
        frame=frame,
        method=plan.method.value,
        size=size,
        minimum_per_stratum=minimum_per_stratum,
        seed=seed,
        drawn_by=actor,
    )
    _store_cases(wave, _store_units(sample, plan, _store_strata(sample, plan)))
    record_action(
        actor=actor, verb="draw_sample", subject=sample, frame=frame.pk, size=size, method=plan.method.value, seed=seed
    )
    return sample


def _refuse_wave(wave: Wave, seed: int) -> None:
    if not 0 <= seed < SEED_LIMIT:
        raise SamplingError("seed_out_of_range", seed, seed=seed)
    if wave.status == WaveStatus.CLOSED.value:
        raise SamplingError("wave_closed", wave.pk, wave=wave)
    if Sample.objects.filter(wave=wave).exists():
        raise SamplingError("wave_has_sample", wave.pk, wave=wave)


def _store_strata(sample: Sample, plan: SamplePlan) -> dict[str, Stratum]:
    rows = plan.strata.astype({"population": object, "sample_size": object, "is_take_all": object})
    strata = [Stratum(sample=sample, **row) for row in rows.to_dict("records")]
    return {str(stratum): stratum for stratum in Stratum.objects.bulk_create(strata)}


def _store_units(sample: Sample, plan: SamplePlan, strata: dict[str, Stratum]) -> list[SampleUnit]:
    codes, names = stratum_codes(plan.units), plan.units["credit_code"]
    numbers = permanent_random_numbers(names, sample.seed)
    sizes = {code: stratum.sample_size for code, stratum in strata.items()}
    selection = select_by_random_number(codes, numbers, sizes, unit=names)
    rows = zip(plan.units["id"], codes, numbers, selection.probability, selection.chosen, strict=True)
    return SampleUnit.objects.bulk_create(
        (
            SampleUnit(
                sample=sample,
                stratum=strata[code],
                unit_id=unit_id,
                permanent_random_number=float(number),
                inclusion_probability=float(probability),
                # Horvitz and Thompson (1952): the inverse of the probability of selection.
                design_weight=1 / float(probability),
            )
            for unit_id, code, number, probability, is_chosen in rows
            if is_chosen
        ),
        batch_size=BATCH,
    )


def _store_cases(wave: Wave, units: list[SampleUnit]) -> None:
    cases = [Case(wave=wave, sample_unit=unit) for unit in units]
    for case in cases:
        # The code is derived from the UUID that the case is made with, so it is known before there is a row.
        case.code_hash = hash_code(derive_code(case))
    Case.objects.bulk_create(cases, batch_size=BATCH)
