"""The choices of a column as a designer writes them: one a line, its code, a space and its words, in each language."""

from survey.instrument.codes import OPTION_CODE
from survey.instrument.schema import Option, Text


def choices_on_lines(text: Text) -> tuple[Option, ...]:
    """The choices in the order of their first line; a line without a code gives none (see ``line_without_code``)."""
    wordings = {language: _by_code(wording) for language, wording in text.to_dict().items()}
    codes = dict.fromkeys(code for lines in wordings.values() for code in lines)
    return tuple(
        Option(code=code, text=Text.from_dict({language: lines.get(code, "") for language, lines in wordings.items()}))
        for code in codes
    )


def lines_of_choices(choices: tuple[Option, ...]) -> Text:
    """The lines that ``choices_on_lines`` reads."""
    languages = dict.fromkeys(language for choice in choices for language in choice.text.to_dict())
    lines = {language: [_line(choice, language) for choice in choices] for language in languages}
    return Text.from_dict({language: "\n".join(written) for language, written in lines.items()})


def line_without_code(text: Text) -> str:
    """The first line that begins with no code; "" where every line has one."""
    lines = [line.strip() for wording in text.to_dict().values() for line in wording.splitlines()]
    return next((line for line in lines if line and not OPTION_CODE.fullmatch(line.partition(" ")[0])), "")


def _by_code(wording: str) -> dict[str, str]:
    parts = (line.strip().partition(" ") for line in wording.splitlines())
    return {code: words.strip() for code, _, words in parts if OPTION_CODE.fullmatch(code)}


def _line(choice: Option, language: str) -> str:
    # A line ends where the wording does, so that one with line breaks would become several choices.
    return " ".join(f"{choice.code} {choice.text.to_dict().get(language, '')}".split())
