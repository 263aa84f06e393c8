"""The answers of a wave read plainly: every document, every cell, nothing stored; what stored batches must equal."""

from dataclasses import replace
from typing import Any

import numpy as np

from survey.methods.asking import NON_ANSWERS, STATES, rules_of, state_name
from survey.methods.coding import NumberColumn, extract_columns
from survey.methods.collected import Collected
from survey.methods.extract import Coded
from survey.models import Case, Wave
from survey.selectors.results.extract import corrected_documents, questionnaires_of, read_collected


def read_plainly(wave: Wave) -> Collected:
    """What the wave brought in, its answers coded cell by cell."""
    rows = {
        case: row for row, case in enumerate(Case.objects.filter(wave=wave).order_by("id").values_list("id", flat=True))
    }
    documents = sorted(corrected_documents(wave), key=lambda document: document[0])
    questionnaires = questionnaires_of(wave)
    items: dict[str, Coded] = {}
    values: dict[str, Any] = {}
    for column in extract_columns(questionnaires):
        cells = [column.read(answers.get(column.item)) for _case, answers in documents]
        if isinstance(column, NumberColumn):
            values[column.name] = np.array(cells, float)
        else:
            items[column.name] = Coded(np.array(cells, np.int16), column.labels)
    for item, rule in rules_of(questionnaires).items():
        ends = [STATES.index(end_of(answers.get(item), rule.leads_to(answers))) for _case, answers in documents]
        items[state_name(item)] = Coded(np.array(ends, np.int16), STATES)
    read = read_collected(wave)
    others = {name: column for name, column in read.values.items() if name not in values}
    respondents = np.array([rows[case] for case, _answers in documents], np.intp)
    return replace(read, respondents=respondents, items=items, values={**values, **others})


def end_of(answer: Any, is_asked: bool) -> str:
    """The label of how an item ended with a firm."""
    if answer is None:
        return "unanswered" if is_asked else "not_asked"
    return answer if isinstance(answer, str) and answer in NON_ANSWERS else "answered"


def written(collected: Collected) -> list[object]:
    """Every column with its type, labels and bytes, in their order."""
    arrays = {"respondents": collected.respondents, **collected.values}
    coded = {
        name: (column.codes.dtype, column.labels, column.codes.tobytes()) for name, column in collected.items.items()
    }
    return [*((name, array.dtype, array.tobytes()) for name, array in arrays.items()), *coded.items()]
