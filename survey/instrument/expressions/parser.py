"""From the words of an expression to its tree: precedence climbing, as XPath 1.0 orders the operators."""

from dataclasses import dataclass

from survey.instrument.expressions.errors import ExpressionError
from survey.instrument.expressions.functions import FUNCTIONS, NOT_FOR_A_FORM_WITHOUT
from survey.instrument.expressions.patterns import PatternRefused, compiled
from survey.instrument.expressions.tokens import Token, tokens_of
from survey.instrument.expressions.tree import (
    Call,
    Expression,
    Literal,
    Name,
    Negation,
    Operation,
    OwnValue,
)

# XPath 1.0, 3.4 and 3.5: or, and, equality, comparison, addition, multiplication; all to the left.
PRECEDENCE = {
    "or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4,
    "+": 5, "-": 5, "*": 6, "div": 6, "mod": 6,
}  # fmt: skip
# Each level takes a few frames of Python, whose stack ends at 1,000; a form by a person has a handful.
MAX_DEPTH = 120


def parse_tokens(text: str) -> Expression:
    """The tree of an expression. Raises ExpressionError with the place and the repair."""
    reader = _Reader(tokens_of(text))
    expression = reader.expression(0, 0)
    if reader.current.kind != "end":
        raise _unexpected(reader.current)
    return expression


@dataclass
class _Reader:
    tokens: list[Token]
    index: int = 0

    @property
    def current(self) -> Token:
        return self.tokens[self.index]

    def advance(self) -> Token:
        self.index += 1
        return self.tokens[self.index - 1]

    def expression(self, above: int, depth: int) -> Expression:
        """The operands that bind tighter than ``above``."""
        left = self.operand(depth)
        while PRECEDENCE.get(self.current.text, 0) > above and self.current.kind in ("operator", "word"):
            token = self.advance()
            # A chain such as 1 or 1 or 1 leans to the left and is walked as deeply as brackets are.
            depth += 1
            _check_depth(depth, token)
            # The right side takes only what binds tighter, so that equal operators lean to the left: 8 - 3 - 2 is 3.
            left = Operation(token.text, left, self.expression(PRECEDENCE[token.text], depth))
        return left

    def operand(self, depth: int) -> Expression:
        token = self.advance()
        _check_depth(depth, token)
        if token.kind == "number":
            return Literal(_number(token))
        if token.kind == "text":
            return Literal(token.text)
        if token.kind == "name":
            return Name(token.text)
        if token.kind == "own":
            return OwnValue()
        if token.text == "-" and token.kind == "operator":
            # XPath 1.0, 3.5: unary minus binds tighter than any other operator.
            return Negation(self.operand(depth + 1))
        if token.text == "(" and token.kind == "mark":
            return self.inside(depth)
        if token.kind == "word":
            return self.call(token, depth)
        raise _unexpected(token)

    def inside(self, depth: int) -> Expression:
        opening = self.tokens[self.index - 1]
        expression = self.expression(0, depth + 1)
        self.close(opening)
        return expression

    def close(self, opening: Token) -> None:
        if (self.current.kind, self.current.text) != ("mark", ")"):
            if self.current.kind != "end":
                raise _unexpected(self.current)
            raise ExpressionError("unclosed", opening.text, opening.position)
        self.advance()

    def call(self, word: Token, depth: int) -> Expression:
        if (self.current.kind, self.current.text) != ("mark", "("):
            raise ExpressionError("word", word.text, word.position)
        opening = self.advance()
        arguments: list[Expression] = []
        if (self.current.kind, self.current.text) != ("mark", ")"):
            arguments.append(self.expression(0, depth + 1))
            while (self.current.kind, self.current.text) == ("mark", ","):
                self.advance()
                arguments.append(self.expression(0, depth + 1))
        self.close(opening)
        return _checked_call(word, tuple(arguments))


def _number(token: Token) -> float:
    value = float(token.text)
    # Beyond 2^53 (9e15) neighbouring whole numbers are one float; all figures stay safely below.
    if value > 1e15:
        raise ExpressionError("number", token.text, token.position)
    return value


def _checked_call(word: Token, arguments: tuple[Expression, ...]) -> Call:
    function = FUNCTIONS.get(word.text)
    if function is None:
        raise _unknown_function(word)
    if not function.fewest <= len(arguments) <= function.most:
        raise ExpressionError("arguments", word.text, word.position, count=len(arguments), usage=function.usage)
    # Only a pattern that is written out can be checked here; a computed one that fails matches nothing.
    if word.text == "regex" and isinstance(arguments[1], Literal):
        _check_pattern(str(arguments[1].value), word.position)
    return Call(word.text, arguments)


def _unknown_function(word: Token) -> ExpressionError:
    lacking = NOT_FOR_A_FORM_WITHOUT.get(word.text)
    if lacking:
        return ExpressionError("function_not_applicable", word.text, word.position, lacking=lacking)
    # All of them: whoever comes from another tool looks for the nearest one.
    known = ", ".join(sorted(FUNCTIONS))
    return ExpressionError("function_unknown", word.text, word.position, functions=known)


def _check_pattern(pattern: str, position: int) -> None:
    try:
        compiled(pattern)
    except PatternRefused as refusal:
        raise ExpressionError("pattern", pattern, position, **refusal.complaint.parameters) from None


def _check_depth(depth: int, token: Token) -> None:
    if depth > MAX_DEPTH:
        raise ExpressionError("too_deep", token.text, token.position, limit=MAX_DEPTH)


def _unexpected(token: Token) -> ExpressionError:
    return ExpressionError("incomplete" if token.kind == "end" else "unexpected", token.text, token.position)
