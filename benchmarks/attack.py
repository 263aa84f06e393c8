"""The permanent adversary: `python -m benchmarks.attack`.

It has the frame, the weights, who answered, everything that leaves under every filter, and several dates. Along each
route it makes claims ("this firm said yes") with a confidence; printed is how often its 50 surest are right, against
the best guess from the same release made without that firm, and the chance of so many more by luck (McNemar, Holm over
the routes). It ends with an error where a route wins. `--working` attacks exact pages instead, where it has to win;
`--demonstration` attacks the waves of the database, `--cuts certified` cuts with their certificate, each of which takes
minutes, and `--cuts first-rung` the most that such a one may tell. `--keep FOLDER` keeps the rungs of certified cuts,
and makes those that it has again without the search.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.attacked.certified_cuts import CertifiedCuts
from benchmarks.attacked.frames import Surveyed, earlier, made_survey
from benchmarks.attacked.releases import Cutting, cleared_attack, cut_of_first_rung, plain_cut, working_attack
from benchmarks.attacked.routes import Attack
from benchmarks.attacked.scoring import ROUTES, Score, scores

FRAMES = (800, 3_000, 20_000)
PLAIN, FIRST_RUNG, CERTIFIED = "plain", "first-rung", "certified"
HEADERS = ["route", "claims", "right", "best guess", "p (Holm)"]


def lines(found: Sequence[Score]) -> list[str]:
    """A row for each route."""
    rows = [
        [one.route, str(one.claims), str(one.right), str(one.guessed), f"{one.holm:.3f}{' wins' if one.wins else ''}"]
        for one in found
    ]
    return [f"{a:24s} {b:>7s} {c:>6s} {d:>11s} {e:>10s}" for a, b, c, d, e in [HEADERS, *rows]]


def attacked(surveyed: Surveyed, attack: Attack, routes: Sequence[str]) -> bool:
    """Print the scores; whether any route wins."""
    found = scores(attack, routes)
    print(f"\n{surveyed.name}: {surveyed.late.answered:,} answers, {surveyed.early.answered:,} at the first date")
    print("\n".join(lines(found)), flush=True)
    return any(one.wins for one in found)


def demonstration(codes: Sequence[str] | None = None) -> list[Surveyed]:
    """The waves of the database, or some, each at its date and before the last 3 % of its firms had answered."""
    from config.wsgi import application  # noqa: F401  (sets Django up)
    from survey.models import Wave
    from survey.selectors.results.extract import collected_of
    from survey.selectors.results.wave_results import wave_vocabulary

    found = []
    waves = Wave.objects.order_by("pk")
    for wave in waves if codes is None else waves.filter(code__in=codes):
        late = collected_of(wave)
        words = wave_vocabulary(wave, late, "en")
        found.append(Surveyed(name=wave.code, words=words, early=earlier(late, wave.pk), late=late))
    return found


def _cutting(cuts: str, folder: Path | None) -> Cutting:
    if cuts == CERTIFIED:
        return CertifiedCuts(folder=folder)
    return cut_of_first_rung if cuts == FIRST_RUNG else plain_cut


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", type=int, nargs="*", default=list(FRAMES), help="sizes of the made frames")
    parser.add_argument("--demonstration", action="store_true", help="attack the waves of the database too")
    parser.add_argument("--wave", action="append", help="of the waves of the database these alone, by their codes")
    parser.add_argument("--working", action="store_true", help="attack exact pages, where a route has to win")
    parser.add_argument(
        "--cuts", choices=(PLAIN, FIRST_RUNG, CERTIFIED), default=PLAIN, help="how the cuts that are attacked are made"
    )
    parser.add_argument("--keep", type=Path, help="folder for the rungs of certified cuts")
    parser.add_argument("--route", action="append", choices=sorted(ROUTES), help="these routes alone")
    options = parser.parse_args(arguments)
    surveys = [made_survey(firms) for firms in options.firms] + (
        demonstration(options.wave) if options.demonstration else []
    )
    routes = options.route or list(ROUTES)
    won, cutting = False, _cutting(options.cuts, options.keep)
    for surveyed in surveys:
        others = [one.late for one in surveys if one.words.plan == surveyed.words.plan and one is not surveyed]
        other = others[0] if others and options.demonstration else None
        attack = working_attack(surveyed) if options.working else cleared_attack(surveyed, other=other, cutting=cutting)
        won |= attacked(surveyed, attack, routes)
    return int(won != options.working)


if __name__ == "__main__":
    sys.exit(main())
