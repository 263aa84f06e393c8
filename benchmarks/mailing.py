"""How long a mailing to 50,000 firms takes to prepare and hand over, and its memory: ``python -m benchmarks.mailing``.

The firms are made in a test database that is thrown away; figures are seconds of the processor of this process, since
the wall clock of a machine that does other work says nothing.
"""

import os
import resource
import time
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DEBUG", "1")
FIRMS, MARKED = 50_000, 10_000
SITE = "https://survey.example.org/"


def main() -> None:
    """Print one line for each step."""
    django.setup()
    from django.conf import settings
    from django.db import connection, reset_queries
    from django.test.utils import setup_databases, teardown_databases

    settings.DEBUG = False
    made = setup_databases(verbosity=0, interactive=False)
    try:
        measure()
    finally:
        reset_queries()
        teardown_databases(made, verbosity=0)
        connection.close()


def measure() -> None:
    """The steps, each with processor time and the memory of the process so far."""
    from survey.exchange.letters.mailing_files import mailing_file
    from survey.mailing_terms import MailingChannel, MailingPurpose
    from survey.services.mailing.marking import mark_sent
    from survey.services.mailing.preparing import prepare_rows, start_mailing

    wave = timed(f"{FIRMS} firms made", lambda: wave_of_firms(FIRMS))
    mailing, _is_new = start_mailing(
        wave=wave, purpose=MailingPurpose.INVITATION, number=1, channel=MailingChannel.EMAIL, site=SITE, actor=None,
        otherwise=MailingChannel.LETTER,
    )  # fmt: skip
    timed(f"{FIRMS} rows prepared", lambda: prepare_rows(mailing=mailing, progress=silent))
    keys = list(mailing.rows.order_by("pk").values_list("pk", flat=True)[:MARKED])
    timed(f"{MARKED} cases marked", lambda: mark_sent(mailing=mailing, keys=keys, actor=None))
    mailing.rows.filter(pk__in=keys).update(channel=MailingChannel.LETTER.value)
    made = timed("2000 letters", lambda: mailing_file(mailing, MailingChannel.LETTER, 1, silent))
    print(f"{'letters':<24} {len(made.content) / 1e6:8.1f} MB")


def wave_of_firms(count: int) -> Any:
    """An open wave with so many cases, each of a firm with an e-mail address."""
    from datetime import date, timedelta

    from django.utils import timezone

    from survey.instrument.schema import Text
    from survey.models import (
        Case,
        Contact,
        District,
        FrameUnit,
        Industry,
        Sample,
        SampleUnit,
        SamplingFrame,
        Stratum,
        Survey,
        Wave,
    )

    name = Text("名", "Name")
    survey = Survey.objects.create(
        code="s", title=name, form_number="1", issuing_authority=name, approval_number="1",
        approval_expires=date(2099, 1, 1), contact=name,
    )  # fmt: skip
    now = timezone.now()
    wave = Wave.objects.create(
        survey=survey, code="w", title=name, status="open", opens_at=now, closes_at=now + timedelta(days=9)
    )
    industry, district = Industry.objects.create(code="39", name=name), District.objects.create(code="1", name=name)
    frame = SamplingFrame.objects.create(title="f", status="ready", unit_count=count)
    units = FrameUnit.objects.bulk_create(
        (
            FrameUnit(
                frame=frame, credit_code=f"{number:018d}", name=f"企业{number:06d}", district=district,
                industry=industry, industry_section="C", size_class="large", employees=9, revenue=9,
            )
            for number in range(count)
        ),
        batch_size=2000,
    )  # fmt: skip
    Contact.objects.bulk_create(
        (Contact(unit=unit, name="甲", email=f"a{unit.pk}@example.org") for unit in units), batch_size=2000
    )
    sample = Sample.objects.create(wave=wave, frame=frame, method="proportional", size=count, seed=1)
    stratum = Stratum.objects.create(
        sample=sample, industry_section="C", size_class="large", population=count, sample_size=count
    )
    drawn = SampleUnit.objects.bulk_create(
        (
            SampleUnit(
                sample=sample, stratum=stratum, unit=unit, permanent_random_number=0.5, inclusion_probability=1,
                design_weight=1,
            )
            for unit in units
        ),
        batch_size=2000,
    )  # fmt: skip
    Case.objects.bulk_create(
        (Case(wave=wave, sample_unit=unit, code_hash=f"{unit.pk:064d}") for unit in drawn), batch_size=2000
    )
    return wave


def timed(what: str, do: Callable[[], Any]) -> Any:
    """Do it and print how long it took and how much memory the process has had at most."""
    began, at = time.process_time(), time.monotonic()
    made = do()
    used, passed = time.process_time() - began, time.monotonic() - at
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:<24} {used:8.1f} s of the processor {passed:8.1f} s {memory:8.0f} MB", flush=True)
    return made


def silent(done: int, total: int) -> None:
    """Nobody watches."""


if __name__ == "__main__":
    main()
