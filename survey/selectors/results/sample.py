"""The sampled firms of a wave with their outcomes, read from the database into columns; kept until one of them changes.

An answer that is changed changes no firm of the sample, so it does not make them be read again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from survey.casework_terms import FollowUpPart
from survey.instrument.plan.frame_numbers import FRAME_NUMBERS
from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.extract import Coded
from survey.methods.weights.fieldwork import FrameTotals
from survey.methods.weights.merging import Places
from survey.models import Case, District, Stratum, Wave
from survey.register_terms import identity_of
from survey.selectors.raw_columns import Made, raw_arrays
from survey.selectors.results.beside_batches import beside, lay_beside
from survey.selectors.results.frame import frame_totals, places_of
from survey.selectors.results.wave_log import WaveLog, written_out
from survey.terms import SizeClass

INDUSTRY, SIZE, DISTRICT = "industry", "size", "district"
CASE_COLUMNS = (
    "id",
    "sample_unit__stratum_id",
    "sample_unit__design_weight",
    "disposition",
    "sample_unit__unit__industry_section",
    "sample_unit__unit__size_class",
    "sample_unit__unit__district__code",
    "sample_unit__unit__credit_code",
    "sample_unit__unit__unit_key",
    "is_followed_up",
    "follow_up_sample",
    "is_set_aside",
    *(f"sample_unit__unit__{number.field}" for number in FRAME_NUMBERS.values()),
)


PHASES = {"": 0, FollowUpPart.DRAWN.value: 1, FollowUpPart.LEFT.value: 2}
"""The numbers by which weights know the parts of a follow-up sample."""


@dataclass(frozen=True, eq=False, kw_only=True)
class SampledFirms:
    """Every sampled firm by the number of its case (m,), ascending, as `Collected` has them; ``set_aside`` are those
    whose answers do not count, ``credit_code`` tells the firm, ``unit_key`` which of its units, "" the firm."""

    case: Ints
    strata: tuple[str, ...]
    places: Places
    stratum: Ints
    design_weight: Floats
    disposition: NDArray[np.str_]
    domains: Mapping[str, Coded]
    numbers: Mapping[str, Floats]
    frame: FrameTotals | None
    followed_up: Bools | None
    second_phase: Ints | None
    set_aside: Bools
    credit_code: NDArray[np.str_]
    unit_key: NDArray[np.str_]

    @property
    def identity(self) -> NDArray[np.str_]:
        """(m,) what tells each of them in every wave."""
        if not (self.unit_key != "").any():
            return self.credit_code
        pairs = zip(self.credit_code.tolist(), self.unit_key.tolist(), strict=True)
        return np.array([identity_of(code, key) for code, key in pairs], np.str_)

    def rows_of(self, cases: Ints) -> Ints:
        """The row of each of these cases, which are all there."""
        return np.searchsorted(self.case, cases)


def sample_of(wave: Wave, log: WaveLog) -> SampledFirms:
    """The sample of a wave by the log as it was read before; it lies beside the batches, being what they are joined
    to."""
    state = written_out(log.sample)
    found = beside("sample", wave.pk)
    if found is None or found[0] != state:
        made = state, _read(wave)
        lay_beside(made, "sample", wave.pk)
        # As it lies there: arrays that were made would take the room of this process, those of a file are shared. Where
        # nothing can be laid down it is as it was made; what another process has laid down since is newer.
        laid = beside("sample", wave.pk)
        found = made if laid is None or laid[0] != state else laid
    sample: SampledFirms = found[1]
    return sample


def _read(wave: Wave) -> SampledFirms:
    strata = _in_order(list(Stratum.objects.filter(sample__wave=wave)))
    sections, sizes, districts = _Numbered(), _Numbered(), _Numbered()
    texts, yes_or_no, floats = (partial(np.array, dtype=kind) for kind in (np.str_, bool, float))
    made: list[Made] = [
        partial(np.array, dtype=np.int64),
        partial(_looked_up, {each.pk: position for position, each in enumerate(strata)}, np.intp),
        floats,
        texts,
        *(partial(_looked_up, known, np.int16) for known in (sections, sizes, districts)),
        texts,
        texts,
        yes_or_no,
        partial(_looked_up, PHASES, np.int8),
        yes_or_no,
        *(floats for _number in FRAME_NUMBERS),
    ]
    cases = Case.objects.filter(wave=wave)
    case, stratum, weight, disposition, section, size, district, code, key, followed_up, part, set_aside, *numbers = (
        raw_arrays(cases.order_by("id").values_list(*CASE_COLUMNS), made, rows=cases.count())
    )
    return SampledFirms(
        case=case,
        strata=tuple(str(each) for each in strata),
        places=places_of(strata),
        stratum=stratum,
        design_weight=weight,
        disposition=disposition,
        domains={
            INDUSTRY: sections.coded(section, sorted(sections)),
            SIZE: sizes.coded(size, [each.value for each in SizeClass if each.value in sizes]),
            DISTRICT: districts.coded(district, _districts_in_order(districts)),
        },
        numbers={one.field: column for one, column in zip(FRAME_NUMBERS.values(), numbers, strict=True)},
        frame=frame_totals(strata),
        # None where nobody was: weights then need no second phase, and no column of zeros is kept.
        followed_up=followed_up if followed_up.any() else None,
        second_phase=part if part.any() else None,
        set_aside=set_aside,
        credit_code=code,
        unit_key=key,
    )


def _in_order(strata: list[Stratum]) -> list[Stratum]:
    """By industry section, then from large to micro."""
    sizes = [size.value for size in SizeClass]
    # Codes of size classes sort by letter, which is no order of size.
    return sorted(strata, key=lambda each: (each.industry_section, sizes.index(each.size_class)))


class _Numbered(dict[str, int]):
    """Labels with numbers, which each has from where it is first met."""

    def __missing__(self, label: str) -> int:
        self[label] = len(self)
        return self[label]

    def coded(self, numbers: Ints, labels: Sequence[str]) -> Coded:
        """The column of these numbers, with all labels that were met in this order."""
        place = {label: position for position, label in enumerate(labels)}
        return Coded(np.array([place[label] for label in self], np.int16)[numbers], tuple(labels))


def _looked_up(known: Mapping[Any, int], kind: type[np.integer[Any]], values: Sequence[Any]) -> Ints:
    return np.fromiter(map(known.__getitem__, values), kind, len(values))


def _districts_in_order(codes: Iterable[str]) -> list[str]:
    return list(District.objects.filter(code__in=codes).order_by("position", "code").values_list("code", flat=True))
