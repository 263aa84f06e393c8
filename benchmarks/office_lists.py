"""What the lists of the office cost with 50,000 cases: ``python -m benchmarks.office_lists [--cases 50000] [--here]``.

Prints for each list the statements that its page asks and the seconds of the server's processor for one request, the
middle one of three after a first one that is not counted; on a machine that does other work the wall clock says
nothing. The cases are made in a test database that is thrown away, or with ``--here`` in the migrated, empty database
of DATABASE_URL.
"""

import argparse
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DEBUG", "1")
WAVE = "benchmark-0"
LISTS = {
    "cases": f"cases/?wave={WAVE}",
    "cases, last page": f"cases/?wave={WAVE}&page=99999",
    "cases by last save": f"cases/?wave={WAVE}&sort=-saved",
    "cases of a district by due": f"cases/?wave={WAVE}&district=440305&sort=due",
    "cases with a name": f"cases/?wave={WAVE}&text=Firm+4999",
    "cases with a telephone": f"cases/?wave={WAVE}&text=8800499",
    "work: mine today": "cases/work/?list=mine",
    "work: overdue": "cases/work/?list=overdue",
    "work: no contact": "cases/work/?list=no_contact",
    "firms": "firms/",
    "firms, page 900": "firms/?page=900",
    "firms with a telephone": "firms/?text=8800499",
    "mailings": f"waves/{WAVE}/mailings/",
    "new mailing": f"waves/{WAVE}/mailings/new/?purpose=reminder_1",
    "rows of a mailing": "mailings/{mailing}/",
    "progress": f"waves/{WAVE}/progress/",
    "acceptance": f"acceptance/?wave={WAVE}",
    "editing": f"editing/?wave={WAVE}",
    "today": "",
}
AT_ONCE = 2000


def main() -> None:
    """Make the cases, then open each list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=50_000)
    parser.add_argument("--here", action="store_true")
    options = parser.parse_args()
    django.setup()
    from django.conf import settings

    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["testserver"]
    with database(is_here=options.here):
        session, mailing = made(options.cases)
        measure(session, mailing, options.cases)


@contextmanager
def database(*, is_here: bool) -> Iterator[None]:
    """A database for the cases."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_databases, teardown_databases

    kept = None if is_here else setup_databases(verbosity=0, interactive=False)
    try:
        for name in ("survey", "industries", "districts"):
            call_command("loaddata", str(settings.BASE_DIR / "fixtures" / f"{name}.json"), verbosity=0)
        yield
    finally:
        if kept is not None:
            teardown_databases(kept, verbosity=0)


def made(count: int) -> tuple[str, int]:
    """Two waves of so many cases, of the newer of which a third is still open; with register, plans and a mailing."""
    from django.contrib.auth.models import User
    from django.utils import timezone

    from benchmarks.dashboard_waves import make_waves
    from survey.models import Case, CaseWork, Contact, Firm, FrameUnit, Mailing, MailingRow, Wave

    session = make_waves(count)
    now, user = timezone.now(), User.objects.get(username="benchmark")
    newer = Case.objects.filter(wave__code=WAVE)
    Wave.objects.filter(code=WAVE).update(status="open")
    Case.objects.update(code_sent_at=now - timedelta(days=20))
    silent = list(newer.order_by("pk").values_list("pk", flat=True)[::3])
    for start in range(0, len(silent), AT_ONCE):
        keys = silent[start : start + AT_ONCE]
        # What was submitted cannot be changed; sent back, they are among those that are waited for.
        Case.objects.filter(pk__in=keys).update(status="returned", disposition="partial")
    units = FrameUnit.objects.order_by("pk")
    firms = (
        Firm(credit_code=unit.credit_code, name=unit.name, district_id=unit.district_id, industry_id=unit.industry_id)
        for unit in units
    )
    Firm.objects.bulk_create(firms, batch_size=AT_ONCE)
    contacts = (
        Contact(unit=unit, name="甲", email=f"a{unit.pk}@example.org", phone=f"0755-{88_000_000 + unit.pk}")
        for unit in units if unit.pk % 20
    )  # fmt: skip
    Contact.objects.bulk_create(contacts, batch_size=AT_ONCE)
    plans = (
        CaseWork(case_id=key, owner=user, next_action="Call", due_on=now.date() + timedelta(days=place % 20 - 3))
        for place, key in enumerate(silent)
    )
    CaseWork.objects.bulk_create(plans, batch_size=AT_ONCE)
    run = Mailing.objects.create(
        wave=newer[0].wave, purpose="invitation", channel="email", state="sent", site="https://survey.example.org/"
    )
    rows = (
        MailingRow(mailing=run, case_id=key, occasion="invitation:1", state="sent", channel="email", sent_at=now)
        for key in newer.values_list("pk", flat=True)
    )
    MailingRow.objects.bulk_create(rows, batch_size=AT_ONCE)
    return session, run.pk


def measure(session: str, mailing: int, count: int) -> None:
    """A line for each list: its statements and its seconds."""
    from django.db import connection
    from django.test import Client

    statements: list[str] = []

    def counted(execute: Any, sql: str, *more: Any) -> Any:
        statements.append(sql)
        return execute(sql, *more)

    client = Client()
    client.cookies["sessionid"] = session
    print(f"{count} cases")
    for name, address in LISTS.items():
        asked = f"/admin/{address.format(mailing=mailing)}"
        statements.clear()
        with connection.execute_wrapper(counted):
            answer: Any = client.get(asked)
        if answer.status_code != 200:
            raise SystemExit(f"{asked} answered {answer.status_code}.")
        seconds = statistics.median(timed(client, asked) for _time in range(3))
        print(f"  {name:<28} {len(statements):3} statements  {seconds:6.3f} s", flush=True)


def timed(client: Any, address: str) -> float:
    """Seconds of the processor for one request."""
    began = time.process_time()
    client.get(address)
    return time.process_time() - began


if __name__ == "__main__":
    main()
