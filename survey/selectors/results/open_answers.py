"""What firms wrote in words of their own, and what of it was let out of the office."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from survey import algorithms
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item
from survey.models import OpenAnswerDecision, Wave
from survey.selectors.results.extract import corrected_documents, submitted_responses
from survey.selectors.results.wave_results import latest_questionnaire
from survey.terms import Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAnswer:
    """An answer in words, as it was written and corrected, with the last decision about this very text."""

    response: int
    item: str
    text: str
    decision: OpenAnswerDecision | None = None

    @property
    def written(self) -> str:
        """The digest by which a decision knows the text that it is about."""
        return algorithms.digest(self.text.encode())

    @property
    def state(self) -> str:
        """ "waits", "leaves" or "stays"."""
        if self.decision is None:
            return "waits"
        return "leaves" if self.decision.leaves else "stays"


def open_items(wave: Wave) -> list[Item]:
    """The items of the wave that are answered in words."""
    return [item for item in latest_questionnaire(wave).items.values() if kind_of(item).is_long]


def open_answers_of(wave: Wave, items: list[Item]) -> list[OpenAnswer]:
    """What was written to these items by firms whose answers count: by item and then in alphabetical order, which
    tells nothing of the firm."""
    decisions = _decisions(wave)
    found = [
        OpenAnswer(response=response, item=item, text=text, decision=_about(decisions.get((response, item)), text))
        for response, item, text in _texts(wave, [item.code for item in items])
    ]
    order = {item.code: place for place, item in enumerate(items)}
    return sorted(found, key=lambda one: (order[one.item], one.text, one.response))


def _texts(wave: Wave, items: list[str]) -> Iterator[tuple[int, str, str]]:
    responses = dict(submitted_responses(wave).values_list("case_id", "id"))
    # Corrected: what an editor took out of a text must not leave with it.
    for case, answers in corrected_documents(wave):
        for item in items:
            text = answers.get(item)
            if isinstance(text, str) and text.strip() and text not in set(Missing):
                yield responses[case], item, text


def _decisions(wave: Wave) -> Mapping[tuple[int, str], OpenAnswerDecision]:
    """The last decision about each answer of the wave."""
    rows = OpenAnswerDecision.objects.filter(response__case__wave=wave).order_by("id").select_related("author")
    return {(row.response_id, row.item): row for row in rows}


def _about(decision: OpenAnswerDecision | None, text: str) -> OpenAnswerDecision | None:
    # An answer that was corrected since says something else, and an erased decision says nothing.
    if decision is None or decision.erased_at is not None:
        return None
    return decision if decision.written == algorithms.digest(text.encode()) else None


def cleared_open_answers(wave: Wave) -> dict[str, list[str]]:
    """By item the texts that a person let out of the office, in alphabetical order; no item that has none."""
    found: dict[str, list[str]] = {}
    for one in open_answers_of(wave, open_items(wave)):
        if one.decision is not None and one.decision.leaves:
            found.setdefault(one.item, []).append(one.decision.text)
    return {item: sorted(texts) for item, texts in found.items()}
