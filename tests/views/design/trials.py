"""The addresses of a trial of the questionnaire of every item type, and the firm that it is made up for."""

START = "/admin/questionnaires/every_type/v1/test/"
SUMMARY, END = f"{START}summary/", f"{START}end/"
FIRM = {"name": "Firm", "employees": "50", "revenue": "900"}


def page(code: str) -> str:
    """The address of a page of the trial."""
    return f"{START}page/{code}/"
