"""From what a form posts to a typed answer: one small parser per item type, in the table of ``answers.PARSERS``."""
