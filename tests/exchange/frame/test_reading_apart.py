import pickle
import subprocess
import sys
from pathlib import Path

from survey.exchange.frame import reading_apart
from survey.exchange.frame.reading import ROOT
from tests.frame_lists import HEADERS, write_list


def test_reader_loads_no_library_of_figures() -> None:
    told = f"import sys, {reading_apart.__name__}; print({{'pandas', 'numpy', 'scipy', 'openpyxl'}} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "set()"


def test_head_comes_before_the_parts(tmp_path: Path) -> None:
    command = [sys.executable, "-m", reading_apart.__name__, str(write_list(tmp_path / "list.xlsx"))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert pickle.loads(done.stdout) == {"sheet": "Sheet1", "headers": HEADERS, "hidden": ()}
