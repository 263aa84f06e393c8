"""Sums of many worlds, each added up from nothing: loops over single firms, compiled by Numba (see `stepping`)."""

from survey.methods.arrays import Floats, Ints
from survey.methods.certificate.stepping import machine_code


@machine_code
def add_up(answers: Ints, kind: Ints, place: Ints, scale: Floats, adds: Floats, sums: Floats) -> None:
    """Add what the answers (T, n) of firms add in all their domains to `sums` (T, D + 1, M); in place.

    `kind` (n,), `place` (n, P) and `scale` (n, M) are of the firms, `adds` (S, K + 1, M) is what an answer of a firm of
    a kind adds per unit of scale; the last is no answer, -1.
    """
    last = adds.shape[1] - 1
    for w in range(len(answers)):
        for firm in range(answers.shape[1]):
            answer = answers[w, firm] if answers[w, firm] >= 0 else last
            for p in range(place.shape[1]):
                domain = place[firm, p]
                for m in range(adds.shape[2]):
                    sums[w, domain, m] += adds[kind[firm], answer, m] * scale[firm, m]
