"""Which firms an item was asked of and how it ended there: a column beside that of the answers.

An answer that is not there may be one that nobody wanted: the route led past the item. The route is read from the
stored answers, which are pruned to it. Where a rule reads more than answers (facts of the frame, the day, chance), or
not every version asks the item, an item without an answer counts as not asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import repeat
from typing import Any

import numpy as np

from survey.instrument.concepts import same_for_a_firm
from survey.instrument.expressions.evaluation import Scope, holds, names_in, parse
from survey.instrument.expressions.tree import Call, walk
from survey.instrument.kinds.kind import Columns
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item, Questionnaire
from survey.methods.arrays import Bools, Ints
from survey.methods.coding import answers_to
from survey.methods.extract import Coded, Extract
from survey.terms import Missing

NOT_ASKED, ANSWERED, UNANSWERED = "not_asked", "answered", "unanswered"
STATES = (NOT_ASKED, ANSWERED, UNANSWERED, *(code.value for code in Missing))
"""Labels of the column: no value to have; a value; asked, without any answer; or the chosen non-answer."""
LACKING = (UNANSWERED, Missing.DONT_KNOW.value, Missing.REFUSED.value)
"""The firm has a value that it did not give."""
OPEN = LACKING[1:]
"""The codes among them that stand in the column of a closed item."""
# Functions whose value, as it was when the firm answered, does not follow from the answers that are kept.
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
    return states_by(rules_of(questionnaires), documents)


def states_by(rules: Mapping[str, "Rule"], documents: Sequence[Answers]) -> dict[str, Coded]:
    """The same by rules that serve many batches of documents."""
    answers = zip(rules.items(), answers_to(list(rules), documents), strict=True)
    return {state_name(code): Coded(_codes(rule, given, documents), STATES) for (code, rule), given in answers}


@dataclass(frozen=True)
class Rule:
    """The conditions of an item, its page and its section; None where the stored answers do not tell.

    What a set of answers decides is kept: few are different.
    """

    conditions: tuple[str, ...] | None
    known: dict[tuple[str | None, ...], bool] = field(default_factory=dict)

    def leads_to(self, answers: Answers) -> bool:
        """Whether a firm with these answers is asked the item."""
        if not self.conditions:
            return self.conditions is not None
        key = tuple(map(answers.get, self._names))
        if not CODES.issuperset(map(type, key)):
            # repr, because lists and tables are no keys, and 1 and "1" are different answers. One longer, so that it is
            # no key of codes.
            key = ("", *map(repr, key))
        if key not in self.known:
            # Rules that read the day were sorted out before (`CHANGING`), so any day gives the same.
            scope = Scope(answers=answers, facts={}, today=ANY_DAY)
            self.known[key] = all(holds(condition, scope) for condition in self.conditions)
        return self.known[key]

    @cached_property
    def _names(self) -> list[str]:
        # `item__other` and its like belong to the answer to the item.
        return sorted({name.partition("__")[0] for one in self.conditions or () for name in names_in(one)})


def rules_of(questionnaires: Sequence[Questionnaire]) -> dict[str, Rule]:
    """By item of the newest version that has the column, the rule that leads to it; none without a version."""
    if not questionnaires:
        return {}
    newest, everywhere = questionnaires[-1], _asked_by_all(questionnaires)
    rules: dict[str, Rule] = {}
    for section, page, item in newest.walk():
        conditions = tuple(filter(None, (section.relevant, page.relevant, item.relevant)))
        # An item that an earlier version did not have was not asked of its firms, whatever the rule of today says.
        if item.code in everywhere and _is_readable(conditions, newest):
            rules[item.code] = Rule(conditions)
        else:
            rules[item.code] = Rule(None)
    return {code: rule for code, rule in rules.items() if _has_states(newest.items[code], rule)}


def _has_states(item: Item, rule: Rule) -> bool:
    columns = kind_of(item).columns
    # A closed item that everybody is asked needs no state: no answer then means that it was left open.
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


def _codes(rule: Rule, answers: Sequence[Any], documents: Sequence[Answers]) -> Ints:
    """(n,) how the item ended with these answers; only where there is none does the route decide."""
    try:
        codes = np.fromiter(map(ENDS.get, answers, repeat(GIVEN)), np.int16, len(answers))
    except TypeError:  # Lists and tables are no keys.
        codes = np.fromiter(map(_end_of, answers), np.int16, len(answers))
    for row in np.flatnonzero(codes == NO_ANSWER).tolist():
        codes[row] = WANTED if rule.leads_to(documents[row]) else LED_PAST
    return codes


def _end_of(answer: Any) -> int:
    return ENDS.get(answer, GIVEN) if answer is None or isinstance(answer, str) else GIVEN


NO_ANSWER, GIVEN, WANTED, LED_PAST = -1, *map(STATES.index, (ANSWERED, UNANSWERED, NOT_ASKED))
NON_ANSWERS = {code.value: STATES.index(code.value) for code in Missing}
ENDS: dict[str | None, int] = {None: NO_ANSWER} | NON_ANSWERS
CODES = frozenset({str, type(None)})
"""Types of answers that tell themselves apart as keys."""
