"""Drawing the sample of a wave, after showing what would be drawn, and taking a draw back that nobody knows of yet."""

import pandas as pd
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import ProtectedError

from survey.methods.sampling.plan import permanent_random_numbers, stratum_codes
from survey.methods.sampling.selection import select_by_random_number
from survey.models import Case, Sample, SampleUnit, SamplingFrame, Stratum, Wave
from survey.register_terms import identity_of
from survey.selectors.fieldwork.sampling import worked_on
from survey.services.audit import record_action
from survey.services.fieldwork.access_codes import derive_code, hash_code
from survey.services.fieldwork.sample_plan import Coordination, Precision, SamplePlan, plan_sample
from survey.services.fieldwork.sampling_refusals import SamplingError
from survey.terms import AllocationMethod, AskedUnit, WaveStatus

# The largest number of a BigIntegerField, in which the seed is kept to draw again.
SEED_LIMIT = 2**63
BATCH = 2000


@transaction.atomic
def draw_sample(
    *,
    wave: Wave,
    frame: SamplingFrame,
    size: int | None,
    method: AllocationMethod | str,
    seed: int,
    minimum_per_stratum: int = 2,
    precision: Precision | None = None,
    relation: Coordination | None = None,
    actor: User | None,
) -> Sample:
    """Draw and store the sample of a wave, with a case and an access code for every firm in it.

    The same seed, starts and frame give the same firms whatever the order of the rows. A sample that keeps or avoids
    firms of another uses the seed of that one. Raises ``SamplingError``.
    """
    # Held: a double press must not draw twice, and the wave must not be opened or closed in the middle.
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    _refuse_wave(wave, seed)
    # Held as well: what the register knows may be going into it at this moment, and strata of before would weigh firms
    # of after. One that is gone has no firms, which is refused below.
    frame = SamplingFrame.objects.select_for_update().filter(pk=frame.pk).first() or frame
    refuse_other_rows(wave, frame)
    # Planned again under the lock, not handed over from the preview: the frame may have become ready or gone in
    # between.
    plan = plan_sample(
        frame=frame,
        size=size,
        method=method,
        minimum_per_stratum=minimum_per_stratum,
        precision=precision,
        relation=relation,
    )
    sample = _store_sample(wave, plan, seed if plan.seed is None else plan.seed, actor)
    _store_cases(wave, _store_units(sample, plan, _store_strata(sample, plan)))
    record_action(
        actor=actor,
        verb="draw_sample",
        subject=sample,
        frame=frame.pk,
        size=sample.size,
        method=sample.method,
        seed=sample.seed,
        relation=sample.relation,
    )
    return sample


def _store_sample(wave: Wave, plan: SamplePlan, seed: int, actor: User | None) -> Sample:
    return Sample.objects.create(
        wave=wave,
        frame=plan.frame,
        method=plan.method.value,
        size=plan.size,
        minimum_per_stratum=plan.minimum_per_stratum,
        seed=seed,
        relation=plan.relation.kind.value,
        related_to=plan.relation.sample,
        kept_share=plan.relation.share,
        starts=plan.starts,
        expected_response=plan.precision.response,
        targets=plan.precision.targets,
        drawn_by=actor,
    )


def _refuse_wave(wave: Wave, seed: int) -> None:
    if not 0 <= seed < SEED_LIMIT:
        raise SamplingError("seed_out_of_range", seed, seed=seed)
    if wave.status == WaveStatus.CLOSED.value:
        raise SamplingError("wave_closed", wave.pk, wave=wave)
    # A second draw would put firms that were asked already beside others that were not.
    if Sample.objects.filter(wave=wave).exists():
        raise SamplingError("wave_has_sample", wave.pk, wave=wave)


def refuse_other_rows(wave: Wave, frame: SamplingFrame) -> None:
    """A survey of firms is not drawn from a list of local units, nor the other way round. Raises ``SamplingError``."""
    if frame.lists != wave.survey.asks:
        code = "lists_units" if frame.lists == AskedUnit.LOCAL_UNIT.value else "lists_firms"
        raise SamplingError(code, frame.pk, frame=frame, survey=wave.survey)


def _store_strata(sample: Sample, plan: SamplePlan) -> dict[str, Stratum]:
    # Plain Python numbers: database adapters refuse those of numpy.
    rows = plan.strata.astype({"population": object, "sample_size": object, "is_take_all": object})
    strata = [Stratum(sample=sample, **row) for row in rows.to_dict("records")]
    return {str(stratum): stratum for stratum in Stratum.objects.bulk_create(strata)}


def _store_units(sample: Sample, plan: SamplePlan, strata: dict[str, Stratum]) -> list[SampleUnit]:
    codes = stratum_codes(plan.units)
    # Of a unit its own, not its firm's: units of one firm with one number would be drawn together or not at all.
    pairs = zip(plan.units["credit_code"], plan.units["unit_key"], strict=True)
    names = pd.Series([identity_of(code, key) for code, key in pairs], index=plan.units.index, dtype=object)
    numbers = permanent_random_numbers(names, sample.seed)
    sizes = {code: stratum.sample_size for code, stratum in strata.items()}
    starts = {code: sample.starts.get(code, 0.0) for code in sizes}
    selection = select_by_random_number(codes, numbers, sizes, start=starts, unit=names)
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


@transaction.atomic
def void_sample(*, wave: Wave, typed: str, actor: User | None) -> None:
    """Take back the draw of a wave, so that it can be drawn again; ``typed`` is the code of the wave, as confirmation.

    Only while nobody outside knows of it: no access code issued, nothing answered, called or noted. The audit history
    keeps how it had been drawn. Raises ``SamplingError``.
    """
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    sample = Sample.objects.filter(wave=wave).first()
    if sample is None:
        return
    # Typed and not ticked (0033): a draw that is gone cannot be had back but by its seed.
    if typed.strip() != wave.code:
        raise SamplingError("name_differs", typed, code=wave.code)
    cases = Case.objects.filter(wave=wave)
    # Held before it is asked whether they were worked on: an officer may be issuing a code at this moment. Read for
    # that, since counting and deleting leave the lock out.
    list(cases.select_for_update().order_by("pk").values_list("pk"))
    if count := worked_on(cases).count():
        raise SamplingError("codes_issued", wave.pk, wave=wave, count=count)
    # Before the rows go: seed, frame and method are all that is needed to draw the same sample again.
    record_action(
        actor=actor,
        verb="void_sample",
        subject=sample,
        wave=wave.code,
        frame=sample.frame_id,
        size=sample.size,
        method=sample.method,
        seed=sample.seed,
    )
    try:
        cases.delete()
    # Whatever else refers to a case, such as rows of a mailing that were prepared, means that somebody works on it.
    except ProtectedError as error:
        held = len(error.protected_objects)
        raise SamplingError("codes_issued", wave.pk, wave=wave, count=held) from error
    sample._history_user = actor  # type: ignore[attr-defined]
    sample.delete()
