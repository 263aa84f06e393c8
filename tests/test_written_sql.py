"""The manual names every module with SQL of its own: whoever tries another database has to look there."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Statements that are run, parts of conditions, and what differs from database to database.
SPEAKS_SQL = re.compile(r"\.execute(many)?\(|def as_sql|\bFunc\(|CREATE TRIGGER|connection\.vendor|RunSQL")
# Statements that Django has made of a query, kept to be run again.
OF_DJANGO = {"selectors/prepared.py", "services/answers/prepared_save.py"}


def test_manual_names_every_module_with_sql() -> None:
    modules = {str(path.relative_to(ROOT / "survey")): path for path in (ROOT / "survey").rglob("*.py")}
    found = {name for name, path in modules.items() if SPEAKS_SQL.search(path.read_text("utf-8"))}
    section = (ROOT / "docs/operating.md").read_text("utf-8").split("\n## Databases\n")[1].split("\n## ")[0]
    told = set(re.findall(r"`([a-z_/]+\.py)`", section)) & modules.keys()
    assert told | OF_DJANGO == {name for name in found if not name.startswith("migrations/")}
