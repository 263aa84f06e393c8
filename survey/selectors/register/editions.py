"""Editions of classifications, as values to look codes up in."""

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd
from django.db.models import Count, QuerySet

from survey.models import ClassificationVersion, Correspondence
from survey.register_terms import ClassificationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An earlier edition: for each old code the codes of the current one that it became."""

    code: str
    became: dict[str, tuple[str, ...]]

    def translated(self, codes: pd.Series) -> pd.DataFrame:
        """For each old code its one successor as ``code``; ``fault``: "edition_split" with several, which ``known``
        names, or "edition_unknown"."""
        found = [self.became.get(code, ()) for code in codes]
        return pd.DataFrame(
            {
                "code": [each[0] if len(each) == 1 else "" for each in found],
                "fault": [FAULTS.get(len(each), "edition_split") for each in found],
                "known": ["、".join(each) for each in found],
            },
            index=codes.index,
            dtype=object,
        )


FAULTS = {0: "edition_unknown", 1: ""}


def read_edition(version: ClassificationVersion) -> Edition:
    """The table of an edition. One query."""
    became = defaultdict[str, list[str]](list)
    for old, new in Correspondence.objects.filter(edition=version).order_by("old", "new").values_list("old", "new"):
        became[old].append(new)
    return Edition(code=version.code, became={old: tuple(codes) for old, codes in became.items()})


def editions() -> QuerySet[ClassificationVersion]:
    """All editions with the length of their tables, by kind, the newest first."""
    return ClassificationVersion.objects.annotate(lines=Count("correspondences"))


def earlier_editions(kind: ClassificationKind) -> QuerySet[ClassificationVersion]:
    """Those whose codes a list may still use."""
    return ClassificationVersion.objects.filter(kind=kind.value, is_current=False)
