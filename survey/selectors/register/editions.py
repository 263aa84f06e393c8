"""Editions of classifications, as values to look codes up in."""

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd
from django.db.models import Count, Q, QuerySet

from survey.models import ClassificationVersion, Correspondence, FrameImport, SamplingFrame, Wave
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


BEGUN = (FrameImport.Status.CHECKING, FrameImport.Status.WAITING, FrameImport.Status.LOADING)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionUse:
    """What an edition cannot be taken from: titles of lists of firms (also such as are being put in) and of waves, and
    the editions of which a table leads to its codes. The current one is that of all codes in the database."""

    lists: tuple[str, ...]
    waves: tuple[str, ...]
    tables: tuple[str, ...]
    is_current: bool

    def __bool__(self) -> bool:
        return self.is_current or bool(self.lists or self.tables)


def use_of(edition: ClassificationVersion) -> EditionUse:
    """What was read by the edition, or is being read by it. Four queries."""
    imports = FrameImport.objects.filter(Q(industries_by=edition) | Q(districts_by=edition))
    done = imports.filter(status=FrameImport.Status.DONE)
    # Rows that were put in later join a frame of which another list is the origin.
    frames = SamplingFrame.objects.filter(Q(origin__in=imports) | Q(joined_by__in=done)).distinct()
    begun = imports.filter(status__in=BEGUN)
    waves = Wave.objects.filter(sample__frame__in=frames)
    others = ClassificationVersion.objects.filter(kind=edition.kind).exclude(pk=edition.pk)
    return EditionUse(
        lists=tuple(sorted({*frames.values_list("title", flat=True), *begun.values_list("title", flat=True)})),
        waves=tuple(str(wave) for wave in waves),
        tables=tuple(other.code for other in others.order_by("code")) if edition.is_current else (),
        is_current=edition.is_current,
    )


def typed_table(edition: ClassificationVersion) -> str:
    """The table as it is typed: an old code, a blank and a new code a line."""
    lines = edition.correspondences.order_by("old", "new").values_list("old", "new")
    return "\n".join(f"{old} {new}" for old, new in lines)


def earlier_editions(kind: ClassificationKind) -> QuerySet[ClassificationVersion]:
    """Those whose codes a list may still use."""
    return ClassificationVersion.objects.filter(kind=kind.value, is_current=False)
