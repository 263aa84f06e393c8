"""Files bear their name in any script, and nobody keeps a copy on the way."""

import pytest

from survey.views.download import XLSX, download


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("w1-r1.xlsx", 'attachment; filename="w1-r1.xlsx"'),
        ("第一轮 企业.xlsx", "attachment; filename*=utf-8''%E7%AC%AC%E4%B8%80%E8%BD%AE%20%E4%BC%81%E4%B8%9A.xlsx"),
        ('a"b\r\nX: 1/../c.xlsx', 'attachment; filename="a b X  1 .. c.xlsx"'),
    ],
)
def test_name_of_a_file_is_written_as_rfc_6266_says(name: str, header: str) -> None:
    assert download(b"content", name, XLSX)["Content-Disposition"] == header


def test_file_is_kept_by_no_browser_or_proxy() -> None:
    response = download(b"content", "a.xlsx", XLSX)
    assert (response["Cache-Control"], response["Content-Type"], response.content) == ("no-store", XLSX, b"content")


def test_no_view_sends_a_file_in_another_way() -> None:
    from pathlib import Path

    survey = Path(__file__).resolve().parents[2] / "survey"
    assert [p.name for p in survey.rglob("*.py") if "Content-Disposition" in p.read_text("utf-8")] == ["download.py"]
