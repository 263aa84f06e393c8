"""The same work by other programs, as ratios to ours, in one run: `python -m benchmarks.side_by_side`.

Shares of five-step items with standard errors by svy and by R's survey; weighted sums alone, without any error, by
pandas and DuckDB group-bys, the limit of what a table can cost; and a table of text and numbers as a workbook by
openpyxl, XlsxWriter and rust_xlsxwriter. What is not installed is left out with a sentence. ``--write`` puts the
table into docs/performance.md.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from benchmarks.estimation import SCALE, made_up
from benchmarks.tables_in_docs import write_table
from survey.methods.estimates.statistics import shares
from survey.methods.extract import Extract
from tests.methods.tabulating import tabulate

HEADERS = ["work", "by", "seconds", "times ours"]
R_PROGRAM = """
library(survey)
arguments <- commandArgs(trailingOnly = TRUE)
firms <- read.csv(arguments[1])
firms$industry <- factor(firms$industry)
items <- grep("^q", names(firms), value = TRUE)
for (item in items) firms[[item]] <- factor(firms[[item]])
design <- svydesign(ids = ~1, strata = ~stratum, weights = ~weight, fpc = ~population, data = firms)
start <- proc.time()[["elapsed"]]
for (item in items) {
  formula <- as.formula(paste0("~", item))
  asked <- subset(design, !is.na(firms[[item]]))
  svymean(formula, asked)
  svyby(formula, ~industry, asked, svymean)
}
cat(proc.time()[["elapsed"]] - start)
"""


class NotInstalledError(Exception):
    """A program to compare with is not on this machine."""


def frame_of(extract: Extract, items: int) -> pd.DataFrame:
    """The first items as a table of columns; not answered is empty."""
    columns = {"stratum": extract.stratum, "weight": extract.weight, "industry": extract.domains["industry"].codes}
    assert extract.population is not None
    columns["population"] = extract.population[extract.stratum]
    columns |= {name: extract.items[name].codes for name in list(extract.items)[:items]}
    table = pd.DataFrame(columns)
    questions = [name for name in table if name.startswith("q")]
    return table.assign(**{name: table[name].where(table[name] >= 0) for name in questions})


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ours(extract: Extract, items: int) -> float:
    asked = [one for item in list(extract.items)[:items] for one in shares(item, SCALE)]
    return seconds(lambda: tabulate(extract, asked))


def svy(extract: Extract, items: int) -> float:
    try:
        from benchmarks.svy_run import proportions
    except ImportError as absent:
        raise NotInstalledError("svy is not installed: pip install -r tests/requirements.txt.") from absent
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return seconds(lambda: proportions(extract, items))


def r_survey(extract: Extract, items: int) -> float:
    """R's own clock, without starting R and reading the file."""
    if shutil.which("Rscript") is None:
        raise NotInstalledError("R is not installed: on Debian, apt install r-cran-survey.")
    with tempfile.TemporaryDirectory() as place:
        table, program = Path(place) / "firms.csv", Path(place) / "shares.R"
        frame_of(extract, items).to_csv(table, index=False)
        program.write_text(R_PROGRAM, "utf-8")
        done = subprocess.run(["Rscript", program, table], capture_output=True, text=True)
    if done.returncode:
        raise NotInstalledError(f"R gave up: {done.stderr.strip().splitlines()[-1]}")
    return float(done.stdout)


def pandas_sums(extract: Extract, items: int) -> float:
    table = frame_of(extract, items)
    names = [name for name in table if name.startswith("q")]
    return seconds(lambda: [table.groupby(["industry", name])["weight"].sum() for name in names])


def duckdb_sums(extract: Extract, items: int) -> float:
    try:
        import duckdb
    except ImportError as absent:
        raise NotInstalledError("DuckDB is not installed: pip install -r tests/requirements.txt.") from absent
    table = frame_of(extract, items)
    names = [name for name in table if name.startswith("q")]
    with duckdb.connect() as database:
        database.register("given", table)
        database.execute("create table firms as select * from given")
        query = "select industry, {0}, sum(weight) from firms group by industry, {0}"
        return seconds(lambda: [database.execute(query.format(name)).fetchall() for name in names])


def openpyxl_file(rows: list[list[object]], file: Path) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("rows")
    for row in rows:
        sheet.append(row)
    book.save(file)


def xlsxwriter_file(rows: list[list[object]], file: Path) -> None:
    try:
        import xlsxwriter
    except ImportError as absent:
        raise NotInstalledError("XlsxWriter is not installed: pip install -r tests/requirements.txt.") from absent
    with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("rows")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


def rust_file(rows: list[list[object]], file: Path) -> None:
    try:
        from rustpy_xlsxwriter import write_worksheet
    except ImportError as absent:
        raise NotInstalledError(
            "rustpy-xlsxwriter is not installed: pip install -r tests/requirements.txt."
        ) from absent
    # It takes records; making them is work that a program which uses it has to do.
    names = [f"c{place}" for place in range(len(rows[0]))]
    write_worksheet([dict(zip(names, row, strict=True)) for row in rows], str(file), sheet_name="rows")


ESTIMATORS: Mapping[str, Callable[[Extract, int], float]] = {
    "svy": svy, "R survey": r_survey, "pandas sums": pandas_sums, "DuckDB sums": duckdb_sums,
}  # fmt: skip
WRITERS: Mapping[str, Callable[[list[list[object]], Path], None]] = {
    "openpyxl": openpyxl_file,
    "XlsxWriter": xlsxwriter_file,
    "Rust (rustpy-xlsxwriter)": rust_file,
}


def compare_estimates(firms: int, items: int) -> list[list[str]]:
    """Lines of the table: the work, who does it, seconds, and times ours."""
    extract = made_up(firms)
    work = f"shares of {items} items, {firms:,} firms"
    own = ours(extract, items)
    lines = [[work, "ours", f"{own:.3f}", "1"]]
    for name, run in ESTIMATORS.items():
        try:
            spent = run(extract, items)
        except NotInstalledError as absent:
            lines.append([work, name, f"left out: {absent}", ""])
        else:
            lines.append([work, name, f"{spent:.3f}", f"{spent / own:.2f}"])
    return lines


def compare_files(count: int) -> list[list[str]]:
    """Lines of the table; openpyxl, which the product uses, is ours."""
    rows: list[list[object]] = [[f"firm {k}", k, k / 7, "C", "yes"] for k in range(count)]
    work = f"a workbook of {count:,} rows of 5 cells"
    lines: list[list[str]] = []
    own = 0.0
    with tempfile.TemporaryDirectory() as place:
        for name, write in WRITERS.items():
            file = Path(place) / "rows.xlsx"
            try:
                spent = seconds(lambda write=write, file=file: write(rows, file))  # type: ignore[misc]
            except NotInstalledError as absent:
                lines.append([work, name, f"left out: {absent}", ""])
                continue
            own = own or spent
            lines.append([work, name, f"{spent:.3f}", f"{spent / own:.2f}"])
    return lines


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=1_000_000)
    parser.add_argument("--items", type=int, default=4)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args(arguments)
    lines = [*compare_estimates(options.firms, options.items), *compare_files(options.rows)]
    for line in lines:
        print("  ".join(line))
    if options.write:
        sizes = f"--firms {options.firms} --items {options.items} --rows {options.rows}"
        command = f"python -m benchmarks.side_by_side {sizes}"
        write_table("performance.md", "side by side", HEADERS, lines, f"`{command}`, seconds of wall time.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
