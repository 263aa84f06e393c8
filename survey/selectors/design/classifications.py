"""The classifications that the columns of a frame use, as values to look up."""

from dataclasses import dataclass

from survey.instrument.schema import Text
from survey.methods.sampling.size_class import SizeGroup
from survey.models import District, Industry, SizeThreshold


@dataclass(frozen=True, kw_only=True)
class Classifications:
    """``districts``: code -> name; ``divisions``: code -> (section, name); ``sections``: letter -> name; ``*_ids``:
    code -> primary key."""

    districts: dict[str, Text]
    district_ids: dict[str, int]
    sections: dict[str, Text]
    divisions: dict[str, tuple[str, Text]]
    division_ids: dict[str, int]
    size_groups: tuple[SizeGroup, ...]


def read_classifications() -> Classifications:
    """Districts, industries and size bounds as they stand now; three queries."""
    districts = list(District.objects.all())
    industries = list(Industry.objects.select_related("parent"))
    # Two levels: sections are the rows without a parent, divisions those below them.
    divisions = [industry for industry in industries if industry.parent is not None]
    return Classifications(
        districts={row.code: row.name for row in districts},
        district_ids={row.code: row.pk for row in districts},
        sections={row.code: row.name for row in industries if row.parent is None},
        divisions={row.code: (row.parent.code, row.name) for row in divisions if row.parent},
        division_ids={row.code: row.pk for row in divisions},
        size_groups=read_size_groups(),
    )


def read_size_groups() -> tuple[SizeGroup, ...]:
    """The bounds of the 2017 rule, one group for each name."""
    groups: dict[str, SizeGroup] = {}
    for row in SizeThreshold.objects.all():
        codes = tuple(code.strip() for code in row.industry_codes.split(";") if code.strip())
        # A group has a row for each indicator, all with the same codes.
        group = groups.setdefault(row.group_name, SizeGroup(name=row.group_name, codes=codes, bounds={}))
        bounds = {**group.bounds, row.indicator: (row.small_min, row.medium_min, row.large_min)}
        groups[row.group_name] = SizeGroup(name=group.name, codes=codes, bounds=bounds)
    return tuple(groups.values())
