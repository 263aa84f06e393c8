"""What a certificate proves and what not, in words for those who check and sign a release."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from survey.methods.certificate.certificate import Certificate, Failure
from survey.selectors.said import said as _

LISTED = 100
"""Failures that a page lists; the first ones tell what to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureLine:
    """One failure: what could not be proved, of which question, answer and group, how often, and in which tables."""

    proof: str
    about: str
    number: int
    tables: str


def certificate_lines(content: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """What was proved, as labels with their values; nothing where there is no account of it."""
    certificate = _read(content)
    return [] if certificate is None else list(_lines(certificate))


def _lines(certificate: Certificate) -> Iterator[tuple[str, str]]:
    items = certificate.items
    coded, amounts = ([one for one in items if one.is_amount is amount] for amount in (False, True))
    assumed = sum(one.assumed for one in items)
    kept, withheld = sum(one.kept for one in items), sum(one.withheld for one in items)
    of = _("%(part)s of %(whole)s")
    yield (
        _("Answers that could have been others, whoever else knows its own"),
        of % {"part": f"{sum(one.served for one in coded):,}", "whole": f"{sum(one.answers for one in coded):,}"},
    )
    if amounts:
        # Certificates of before proved nothing of them, and name them among the kinds without a proof.
        yield (
            _("Amounts that could have been more, or less, by what protects them, whoever else knows its own"),
            of
            % {"part": f"{sum(one.served for one in amounts):,}", "whole": f"{sum(one.answers for one in amounts):,}"},
        )
    yield _("Other sets of answers that give the same figures"), f"{certificate.worlds:,}"
    odds = max((one.ratio for one in items), default=0.0)
    yield (
        _("Most that the odds on an answer rise, and the limit"),
        f"{odds:.1f} · {certificate.limit:.0f}",
    )
    yield _("Withheld figures that stay open"), of % {"part": f"{kept:,}", "whole": f"{withheld:,}"}
    yield _("Questions of which less is told, so that it holds"), f"{len(certificate.coarser):,}"
    yield _("Answers taken for known, since they say who was asked next"), f"{assumed:,}"
    yield _("Figures left to the certificates of earlier cuts"), f"{certificate.left:,}"
    yield _("Kinds of figures without a proof"), f"{len(certificate.outside):,}"


def failure_lines(content: Mapping[str, Any] | None, measures: Mapping[str, str]) -> list[FailureLine]:
    """What could not be proved; ``measures`` gives by their codes what the tables are called."""
    certificate = _read(content)
    failures: Sequence[Failure] = () if certificate is None else certificate.failures[:LISTED]
    return [
        FailureLine(
            proof=_(one.proof.label),
            about=" · ".join(part for part in (one.item, one.part, one.group) if part),
            number=one.number,
            tables=_(", ").join(measures.get(code, code) for code in one.tables),
        )
        for one in failures
    ]


def _read(content: Mapping[str, Any] | None) -> Certificate | None:
    # One that only says whether it holds has no account.
    return Certificate.from_dict(content) if content and "items" in content else None
