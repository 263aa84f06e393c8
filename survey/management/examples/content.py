"""An example as it is read from its folder: survey, questionnaire, plan, and the recipe of its waves."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from survey.complaints import Catalogue, Entry, Refused
from survey.instrument.plan.plan import AnalysisPlan
from survey.instrument.schema import Questionnaire, Text

SURVEY, QUESTIONNAIRE, PLAN, WAVES = "survey.json", "questionnaire.json", "plan.json", "waves.json"


class NoSuchExampleError(Refused):
    """No folder of this name."""

    catalogue = Catalogue(
        entries={"no_example": Entry("There is no example “%(value)s”.", "Choose among: %(offered)s.")}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FictitiousFirms:
    """The fictitious firms of an example: how many, drawn from which seed, of which trades.

    ``trades``: code of GB/T 4754 -> (share of the list, what the firms do). ``first_serial`` keeps their credit codes
    apart from those of other lists.
    """

    title: Text
    firms: int
    seed: int
    first_serial: int
    trades: Mapping[str, tuple[float, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveRecipe:
    """A wave that was collected ``months_ago`` for some ``days``, and what firms answered.

    Code and texts may hold ``{month}``, its first day. ``answering`` is the share of firms that answer; ``answers`` has
    by item how its answers are drawn (see ``answers.py``).
    """

    code: str
    months_ago: int
    days: int
    title: Text
    reference_period: Text
    sample: int
    seed: int
    answering: float
    answers: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A whole example. ``survey_file`` is a fixture with the survey and its notice."""

    name: str
    survey_file: Path
    survey_code: str
    questionnaire: Questionnaire
    plan: AnalysisPlan
    firm_list: FictitiousFirms
    waves: tuple[WaveRecipe, ...]


def examples_folder() -> Path:
    return Path(settings.BASE_DIR) / "fixtures" / "examples"


def read_example(name: str, folder: Path | None = None) -> Example:
    """The example in the folder ``name``. Raises NoSuchExampleError."""
    examples = folder or examples_folder()
    offered = sorted(path.parent.name for path in examples.glob(f"*/{QUESTIONNAIRE}"))
    if name not in offered:
        raise NoSuchExampleError("no_example", name, offered=", ".join(offered) or "none")
    survey, questionnaire, plan, recipe = (
        json.loads((examples / name / part).read_text("utf-8")) for part in (SURVEY, QUESTIONNAIRE, PLAN, WAVES)
    )
    return Example(
        name=name,
        survey_file=examples / name / SURVEY,
        survey_code=survey[0]["fields"]["code"],
        questionnaire=Questionnaire.from_dict(questionnaire),
        plan=AnalysisPlan.from_dict(plan),
        firm_list=_firm_list(recipe["frame"]),
        waves=tuple(_wave(wave) for wave in recipe["waves"]),
    )


def _firm_list(content: Mapping[str, Any]) -> FictitiousFirms:
    trades = {code: (float(share), str(does)) for code, (share, does) in content["trades"].items()}
    return FictitiousFirms(**{**content, "title": Text.from_dict(content["title"]), "trades": trades})


def _wave(content: Mapping[str, Any]) -> WaveRecipe:
    texts = {name: Text.from_dict(content[name]) for name in ("title", "reference_period")}
    return WaveRecipe(**{**content, **texts})
