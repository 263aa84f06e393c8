"""Charts of a workbook have words for those who cannot see them."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference

from survey.exchange.release.alternative_texts import with_alternative_texts


def book() -> bytes:
    made, content = Workbook(), BytesIO()
    for title in ("a", "b"):
        sheet = made.create_sheet(title)
        sheet.append([1, 2])
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=1, min_row=1, max_col=2))
        sheet.add_chart(chart, "A3")
    made.save(content)
    return content.getvalue()


def test_charts_have_the_texts_in_the_order_of_the_sheets() -> None:
    with ZipFile(BytesIO(with_alternative_texts(book(), ["Costs & data", "其次"]))) as file:
        drawings = [file.read(f"xl/drawings/drawing{number}.xml").decode() for number in (1, 2)]
    assert ['descr="Costs &amp; data"' in drawings[0], 'descr="其次"' in drawings[1]] == [True, True]


def test_text_without_a_chart_is_noticed() -> None:
    with pytest.raises(AssertionError, match="a drawing of its own"):
        with_alternative_texts(book(), ["one", "two", "three"])
