"""A survey that asks local units, three of each firm."""

from collections.abc import Callable

from survey.models import Firm, FrameUnit, LocalUnit, SamplingFrame, Wave
from survey.terms import AskedUnit

EACH = 3


def by_local_units(wave: Wave, frame: Callable[..., SamplingFrame], units: int = 120) -> SamplingFrame:
    """The survey of the wave asks local units from now on; a frame of them, three rows of which are of one firm."""
    wave.survey.asks = AskedUnit.LOCAL_UNIT.value
    wave.survey.save()
    made = frame(units=units)
    made.lists = AskedUnit.LOCAL_UNIT.value
    made.save()
    rows = list(FrameUnit.objects.filter(frame=made).order_by("pk"))
    firms: dict[str, Firm] = {}
    for number, row in enumerate(rows):
        row.credit_code, row.unit_key = rows[number // EACH * EACH].credit_code, f"{number % EACH + 1:03d}"
        row.name = f"单位{number:04d}"
        firm = firms.get(row.credit_code) or Firm.objects.get_or_create(credit_code=row.credit_code, name="总部")[0]
        firms[row.credit_code] = row.firm = firm
        row.local_unit = LocalUnit.objects.create(firm=firm, key=row.unit_key, name=row.name, address=f"{number}号")
    FrameUnit.objects.bulk_update(rows, ["credit_code", "unit_key", "name", "firm", "local_unit"])
    return made
