"""A condition in words: for paper "only if question 10 is “Yes”", for results "where “Has devices” is “Yes”"."""

from collections.abc import Mapping

from survey.instrument.expressions.evaluation import ExpressionError, parse
from survey.instrument.expressions.tree import Call, Expression, Literal, Name, Operation
from survey.instrument.kinds.choices import label_of
from survey.instrument.kinds.registry import kind_of
from survey.instrument.kinds.written_numbers import number_text
from survey.instrument.schema import Questionnaire, Text

COMPARISONS: dict[str, Text] = {
    "=": Text("第 {number} 题选“{value}”", "question {number} is “{value}”"),
    "!=": Text("第 {number} 题不是“{value}”", "question {number} is not “{value}”"),
    ">": Text("第 {number} 题大于 {value}", "question {number} is more than {value}"),
    ">=": Text("第 {number} 题不小于 {value}", "question {number} is at least {value}"),
    "<": Text("第 {number} 题小于 {value}", "question {number} is less than {value}"),
    "<=": Text("第 {number} 题不大于 {value}", "question {number} is at most {value}"),
}
ANSWERS: dict[str, Text] = {
    "=": Text("“{number}”为“{value}”", "“{number}” is “{value}”"),
    "!=": Text("“{number}”不为“{value}”", "“{number}” is not “{value}”"),
    ">": Text("“{number}”大于 {value}", "“{number}” is more than {value}"),
    ">=": Text("“{number}”不小于 {value}", "“{number}” is at least {value}"),
    "<": Text("“{number}”小于 {value}", "“{number}” is less than {value}"),
    "<=": Text("“{number}”不大于 {value}", "“{number}” is at most {value}"),
}
"""The same by what an item is called, where nobody sees its number."""
JOINTS: dict[str, Text] = {"and": Text("，且", " and "), "or": Text("或", " or ")}


def question_numbers(questionnaire: Questionnaire) -> dict[str, int]:
    """The number of every question by item code; information and calculated values have none."""
    # As paper and pages number them: what nobody answers takes no number.
    codes = [item.code for item in questionnaire.items.values() if kind_of(item).is_asked]
    return {code: number for number, code in enumerate(codes, start=1)}


def condition_words(
    conditions: tuple[str, ...],
    questionnaire: Questionnaire,
    numbers: Mapping[str, int] | Mapping[str, str],
    language: str,
    comparisons: Mapping[str, Text] = COMPARISONS,
) -> str:
    """All ``conditions`` in one phrase, empty ones left out; "" where one of them is beyond these words.

    ``numbers`` are those that the questions bear on paper, or their names, by item code; ``comparisons`` go with them.
    """
    try:
        trees = [parse(text) for text in conditions if text]
    except ExpressionError:
        return ""
    phrases = [_words(tree, questionnaire, numbers, language, comparisons) for tree in trees]
    # Half of a condition would say something else than the whole, so it is all or nothing.
    return JOINTS["and"].of(language).join(phrases) if all(phrases) else ""


def _words(
    tree: Expression,
    questionnaire: Questionnaire,
    numbers: Mapping[str, int] | Mapping[str, str],
    language: str,
    comparisons: Mapping[str, Text],
) -> str:
    match tree:
        case Operation(operator="and" | "or" as joint, left=left, right=right):
            parts = [_words(part, questionnaire, numbers, language, comparisons) for part in (left, right)]
            return JOINTS[joint].of(language).join(parts) if all(parts) else ""
        case Operation(operator=operator, left=Name(name=name), right=Literal(value=value)) if operator in comparisons:
            return _comparison(comparisons[operator], name, value, questionnaire, numbers, language)
        # With one choice or several it reads the same to a person.
        case Call(function="selected", arguments=(Name(name=name), Literal(value=value))):
            return _comparison(comparisons["="], name, value, questionnaire, numbers, language)
    return ""


def _comparison(
    template: Text,
    name: str,
    value: float | str,
    questionnaire: Questionnaire,
    numbers: Mapping[str, int] | Mapping[str, str],
    language: str,
) -> str:
    # A fact of the list of firms has no number on paper, and a firm could not look it up.
    if name not in numbers:
        return ""
    shown = label_of(questionnaire.items[name], value).of(language) if isinstance(value, str) else number_text(value)
    return template.of(language).format(number=numbers[name], value=shown)
