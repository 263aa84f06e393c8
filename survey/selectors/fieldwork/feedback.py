"""What the firms of a wave said of the filling-in, counted; it stands apart from their answers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from survey.models import Feedback, Wave
from survey.terms import Difficulty, Labelled, PerceivedBurden


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenStep:
    """One answer to one of the questions: its label (a message identifier), how often, and its share in percent."""

    label: str
    count: int
    percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveFeedback:
    """``firms`` is how many said anything; shares are of those that answered the question; remarks the latest first."""

    firms: int
    burden: tuple[GivenStep, ...]
    difficulty: tuple[GivenStep, ...]
    remarks: tuple[tuple[date, str], ...]


def feedback_of(wave: Wave) -> WaveFeedback:
    """The feedback of a wave."""
    rows = list(Feedback.objects.filter(wave=wave).order_by("-pk").values_list("burden", "difficulty", "on", "remark"))
    return WaveFeedback(
        firms=len(rows),
        burden=given_steps(list(PerceivedBurden), [burden for burden, _, _, _ in rows]),
        difficulty=given_steps(list(Difficulty), [difficulty for _, difficulty, _, _ in rows]),
        remarks=tuple((on, remark) for _, _, on, remark in rows if remark),
    )


def given_steps(steps: Sequence[Labelled], given: Sequence[str]) -> tuple[GivenStep, ...]:
    """How often each step was given; blanks are no answer."""
    counts = Counter(value for value in given if value)
    base = sum(counts.values())
    return tuple(
        GivenStep(
            label=step.label,
            count=counts[step.value],
            percent=100 * counts[step.value] / base if base else 0.0,
        )
        for step in steps
    )
