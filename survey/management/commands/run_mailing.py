"""``manage.py run_mailing WAVE PURPOSE``: prepare a mailing of a wave and send it, in this process.

Exit codes: 0 done (or nobody is to be written to); 1 refused, or not all could be sent yet; 2 wrong arguments. Called
again it writes to nobody a second time; what a mail server put off is sent by `manage.py run_due`.
"""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from survey.asked_terms.speaking import as_asked, speaking_of
from survey.complaints import Refused
from survey.mailing_terms import OFFERED, OWN_LANGUAGE, MailingChannel, MailingPurpose, MailingState
from survey.models import Mailing, Wave
from survey.selectors.mailing.audience import audience
from survey.selectors.mailing.runs import counts_of
from survey.services.mailing.preparing import next_number, prepare_rows, start_mailing
from survey.services.mailing.sending import send


class Command(BaseCommand):
    help = "Prepare a mailing of a wave and send it; nobody is written to twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("wave", help="code of the wave")
        parser.add_argument("purpose", choices=[purpose.value for purpose in MailingPurpose])
        parser.add_argument("--channel", choices=[channel.value for channel in MailingChannel], default="email")
        parser.add_argument("--otherwise", choices=[channel.value for channel in OFFERED], default="")
        parser.add_argument("--language", choices=["zh", "en", OWN_LANGUAGE], default="zh")
        parser.add_argument(
            "--site", default=settings.SITE_URL, help="address of the questionnaire (default: SITE_URL)"
        )
        parser.add_argument("--prepare-only", action="store_true", help="send nothing yet")
        parser.add_argument("--dry-run", action="store_true", help="say whom it would write to, and store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        wave = Wave.objects.select_related("survey").filter(code=options["wave"]).first()
        if wave is None:
            raise CommandError(f"There is no wave {options['wave']}. Give the code of a wave.")
        with speaking_of(wave.survey.asks):
            self.write(wave, options)

    def write(self, wave: Wave, options: dict[str, Any]) -> None:
        """Say whom it writes to, and do it unless only that was wanted."""
        purpose, channel = MailingPurpose(options["purpose"]), options["channel"]
        found = audience(wave, purpose, channel, options["otherwise"], {})
        left_out = ", ".join(f"{count} {reason.label}" for reason, count in found.left_out)
        self.stdout.write(f"{found.taken} {as_asked('firms')}; left out: {left_out or 'none'}.")
        # A command that was killed is called again by its scheduler: what it left is sent, and nothing begun beside
        # it.
        left = None if options["dry_run"] else left_undone(wave, purpose)
        if options["dry_run"] or not (found.taken or left):
            return
        if not options["site"]:
            raise CommandError("Nobody knows where the questionnaire is. Set SITE_URL or give --site.")
        try:
            self.run(left or self.started(wave, purpose, options), options)
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def started(self, wave: Wave, purpose: MailingPurpose, options: dict[str, Any]) -> Mailing:
        """A new run."""
        other = options["otherwise"]
        mailing, _is_new = start_mailing(
            wave=wave,
            purpose=purpose,
            number=next_number(wave, purpose),
            channel=MailingChannel(options["channel"]),
            otherwise=MailingChannel(other) if other else None,
            language=options["language"],
            site=options["site"],
            actor=None,
        )
        return mailing

    def run(self, mailing: Mailing, options: dict[str, Any]) -> None:
        """Prepare, and send unless only that was wanted."""
        prepare_rows(mailing=mailing, progress=self.tell)
        if not options["prepare_only"]:
            send(mailing=mailing, actor=None, progress=self.tell)
        self.say(mailing)

    def tell(self, done: int, total: int) -> None:
        """How far it is, on the other channel of the terminal."""
        self.stderr.write(f"{done} / {total}")

    def say(self, mailing: Mailing) -> None:
        """What became of it; a failure where some could not be sent."""
        mailing.refresh_from_db()
        counts = counts_of(mailing)
        self.stdout.write(f"{mailing}: " + ", ".join(f"{count} {state.label}" for state, count in counts.in_order))
        if any(counts.by_state.get(state) for state in ("bounced", "failed", "unsure")):
            raise CommandError("Not all could be sent. The page of the mailing says which and why.")


def left_undone(wave: Wave, purpose: MailingPurpose) -> Mailing | None:
    """The run of an earlier call that was ended before all was sent."""
    undone = [MailingState.PREPARING.value, MailingState.PREPARED.value, MailingState.SENDING.value]
    runs = Mailing.objects.filter(wave=wave, purpose=purpose.value, created_by=None, state__in=undone)
    return runs.select_related("wave__survey").first()
