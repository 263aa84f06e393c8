"""Which firms an item was asked of and how it ended there: a column beside that of the answers.

An answer that is not there may be one that nobody wanted: the route led past the item. The route is read from the
stored answers, which are pruned to it. Where a rule reads more than answers (facts of the frame, the day, chance), or
not every version asks the item, an item without an answer counts as not asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from survey.instrument.concepts import same_for_a_firm
from survey.instrument.expressions.evaluation import Scope, holds, names_in, parse
from survey.instrument.expressions.tree import Call, walk
from survey.instrument.kinds.kind import Columns
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item, Questionnaire
from survey.methods.arrays import Bools
from survey.methods.extract import Coded, Extract
from survey.terms import Missing

NOT_ASKED, ANSWERED, UNANSWERED = "not_asked", "answered", "unanswered"
STATES = (NOT_ASKED, ANSWERED, UNANSWERED, *(code.value for code in Missing))
"""Labels of the column: no value to have; a value; asked, without any answer; or the chosen non-answer."""
LACKING = (UNANSWERED, Missing.DONT_KNOW.value, Missing.REFUSED.value)
"""The firm has a value that it did not give."""
CHANGING = frozenset({"today", "now", "random", "uuid", "once"})
ANY_DAY = date(1970, 1, 1)
Answers = Mapping[str, Any]


def state_name(item: str) -> str:
    """Name of the column; no code of an item has the sign."""
    return f"{item}#state"


def asked_of(extract: Extract, item: str) -> Bools:
    """(n,) which firms were asked an item; all that responded where the extract does not tell."""
    states = extract.items.get(state_name(item))
    asked = True if states is None else states.codes != STATES.index(NOT_ASKED)
    return np.asarray(extract.in_scope & asked, bool)


def lacking(extract: Extract, item: str) -> Bools:
    """(n,) which firms have a value of an item that they did not give; none where the extract does not tell."""
    states = extract.items.get(state_name(item))
    if states is None:
        return np.zeros(extract.rows, bool)
    return np.asarray(np.isin(states.codes, [STATES.index(label) for label in LACKING]), bool)


def states(questionnaires: Sequence[Questionnaire], documents: Sequence[Answers]) -> dict[str, Coded]:
    """The columns of these documents: of every number, and of closed items that not every firm is asked."""
    columns = {state_name(code): _codes(rule, code, documents) for code, rule in _rules(questionnaires).items()}
    return {name: Coded(np.array(codes, np.int16), STATES) for name, codes in columns.items()}


@dataclass(frozen=True)
class _Rule:
    """The conditions of an item, its page and its section; None where the stored answers do not tell.

    What a set of answers decides is kept: few are different.
    """

    conditions: tuple[str, ...] | None
    known: dict[tuple[str, ...], bool] = field(default_factory=dict)

    def leads_to(self, answers: Answers) -> bool:
        """Whether a firm with these answers is asked the item."""
        if self.conditions is None:
            return False
        key = tuple(repr(answers.get(name)) for name in self._names)
        if key not in self.known:
            scope = Scope(answers, {}, ANY_DAY)
            self.known[key] = all(holds(condition, scope) for condition in self.conditions)
        return self.known[key]

    @property
    def _names(self) -> list[str]:
        return sorted({name.partition("__")[0] for one in self.conditions or () for name in names_in(one)})


def _rules(questionnaires: Sequence[Questionnaire]) -> dict[str, _Rule]:
    newest, everywhere = questionnaires[-1], _asked_by_all(questionnaires)
    rules: dict[str, _Rule] = {}
    for section, page, item in newest.walk():
        conditions = tuple(filter(None, (section.relevant, page.relevant, item.relevant)))
        if item.code in everywhere and _is_readable(conditions, newest):
            rules[item.code] = _Rule(conditions)
        else:
            rules[item.code] = _Rule(None)
    return {code: rule for code, rule in rules.items() if _has_states(newest.items[code], rule)}


def _has_states(item: Item, rule: _Rule) -> bool:
    columns = kind_of(item).columns
    return columns is Columns.NUMBER or (columns is Columns.CODE and rule.conditions != ())


def _asked_by_all(questionnaires: Sequence[Questionnaire]) -> set[str]:
    newest = questionnaires[-1]
    found = set(newest.items)
    for each in questionnaires[:-1]:
        renamed = same_for_a_firm(each, newest)
        found &= {renamed.get(code, code) for code in each.items}
    return found


def _is_readable(conditions: Sequence[str], questionnaire: Questionnaire) -> bool:
    names = {name.partition("__")[0] for condition in conditions for name in names_in(condition)}
    calls = {node.function for one in conditions for node in walk(parse(one)) if isinstance(node, Call)}
    return names <= questionnaire.items.keys() and not calls & CHANGING


def _codes(rule: _Rule, item: str, documents: Sequence[Answers]) -> list[int]:
    return [_state_of(rule, document.get(item), document) for document in documents]


def _state_of(rule: _Rule, answer: Any, document: Answers) -> int:
    if answer is None:
        return STATES.index(UNANSWERED if rule.leads_to(document) else NOT_ASKED)
    return STATES.index(answer) if isinstance(answer, str) and answer in NON_ANSWERS else STATES.index(ANSWERED)


NON_ANSWERS = frozenset(code.value for code in Missing)
