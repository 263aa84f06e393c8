"""Several at once: presses of one button, two browsers on one code, saves while typing, and the deadline."""

import json
import random
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from benchmarks.fault_kinds.clerk import ADDRESS, Answer, Clerk, hidden
from benchmarks.fault_kinds.ledger import Ledger, stored_now
from benchmarks.fault_kinds.outcome import Outcome, Sizes, crowd, judged
from benchmarks.fault_kinds.paper import NUMBERS, TEXT
from benchmarks.fault_kinds.server import serving
from benchmarks.site import printed

PRESSES, TURNS = 5, 25
HALF = len(NUMBERS) // 2


def parallel_submits(sizes: Sizes) -> Outcome:
    """Each firm hands in five times at the same moment, and sees one receipt five times."""
    ledger = Ledger()
    with serving(sizes.folder, firms=sizes.firms, drafts=sizes.firms, database=sizes.database) as server:
        gave_up = crowd(server.codes, ledger, max(1, sizes.people // PRESSES), press_at_once)
        return judged(server, ledger, gave_up, **{"firms": sizes.firms, "submits of each at once": PRESSES})


def press_at_once(clerk: Clerk, number: int) -> None:
    clerk.enter()
    fields, together = clerk.checked(), Barrier(PRESSES)
    clerk.ledger.note_saved(clerk.code, {"n0": number, TEXT: "x"})

    def press(_: int) -> None:
        together.wait()
        clerk.until("POST", "/form/submit/", fields)
        clerk.see_receipt()

    with ThreadPoolExecutor(PRESSES) as pool:
        list(pool.map(press, range(PRESSES)))


def two_browsers(sizes: Sizes) -> Outcome:
    """Two people save one page at the same moment: what differs is asked of the second, what does not is joined."""
    ledger = Ledger()
    with serving(sizes.folder, firms=sizes.firms, database=sizes.database) as server:
        gave_up = crowd(server.codes, ledger, max(1, sizes.people // 2), save_at_once)
        figures = {"pairs of browsers on one code": sizes.firms, "asked which answer is right": ledger.events["asked"]}
        outcome = judged(server, ledger, gave_up, **figures)
        unasked = [f"only {ledger.events['asked']} were asked"] if ledger.events["asked"] != sizes.firms else []
        return Outcome(figures=outcome.figures, complaints=outcome.complaints + unasked)


def save_at_once(clerk: Clerk, number: int) -> None:
    pair = [clerk, Clerk(clerk.code, clerk.ledger)]
    states = []
    for one in pair:
        one.enter()
        states.append(one.opened())
    typed = [{"n0": number, TEXT: f"first-{number}"}, {"n1": number + 1, TEXT: f"second-{number}"}]
    together = Barrier(2)

    def save(place: int) -> Answer:
        together.wait()
        return pair[place].until("POST", ADDRESS, {**states[place], **typed[place]})

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(save, range(2)))
    joined = {"n0": number, "n1": number + 1}
    for place, answer in enumerate(answers):
        if answer.status == 409:
            clerk.ledger.count("asked")
            choose(pair[place], answer)
            clerk.ledger.note_saved(clerk.code, {**joined, TEXT: typed[place][TEXT]})


def choose(clerk: Clerk, asked: Answer) -> None:
    """Decide for what one has typed oneself."""
    fields = {**hidden(asked.body), f"choose__{TEXT}": "typed"}
    clerk.until("POST", ADDRESS, fields)


def autosaves(sizes: Sizes) -> Outcome:
    """Two browsers save drafts of one page while they type, each its own questions, in any order."""
    ledger = Ledger()
    with serving(sizes.folder, firms=sizes.firms, database=sizes.database) as server:
        gave_up = crowd(server.codes, ledger, max(1, sizes.people // 2), type_together)
        figures = {"firms": sizes.firms, "browsers of each": 2, "drafts saved": ledger.events["drafts"]}
        return judged(server, ledger, gave_up, **figures)


def type_together(clerk: Clerk, number: int) -> None:
    pair = [clerk, Clerk(clerk.code, clerk.ledger)]
    for one in pair:
        one.enter()

    def type_on(place: int) -> dict[str, int]:
        state = pair[place].opened()
        # What the page is shown with stands on its screen and is posted with what is typed.
        typed: dict[str, int] = json.loads(state["base"])
        for turn in range(TURNS):
            typed[NUMBERS[place * HALF + turn % HALF]] = number * 1000 + turn
            answer = pair[place].once("POST", f"{ADDRESS}draft/", {**state, **typed}, kind="draft")
            told = json.loads(answer.body or "{}")
            if answer.status == 200 and told["state"] == "saved":
                clerk.ledger.count("drafts")
                state |= {name: str(told[name]) for name in ("revision", "base", "shown")}
        return {name: typed[name] for name in NUMBERS[place * HALF : (place + 1) * HALF]}

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(type_on, range(2))
    clerk.ledger.note_saved(clerk.code, {**first, **second})


def deadline(sizes: Sizes) -> Outcome:
    """Firms hand in on both sides of the moment at which collection ends."""
    ledger, chance = Ledger(), random.Random(2)
    with serving(sizes.folder, firms=sizes.firms, drafts=sizes.firms, database=sizes.database) as server:
        ready: list[tuple[Clerk, dict[str, str]]] = []

        def prepare(clerk: Clerk, number: int) -> None:
            clerk.enter()
            ready.append((clerk, clerk.checked()))
            ledger.note_saved(clerk.code, {"n0": number, TEXT: "x"})

        gave_up = crowd(server.codes, ledger, sizes.people, prepare)
        spread = max(4.0, sizes.firms / 20)
        close = f"from benchmarks.fault_kinds.survey import close_in; close_in({spread})"
        (said,) = printed(close, dict(server.environment))
        ends = float(said)
        moments = sorted(ends + chance.uniform(-spread / 2, spread / 2) for _ in ready)

        def hand_in(place: int) -> Answer:
            time.sleep(max(0.0, moments[place] - time.time()))
            clerk, fields = ready[place]
            clerk.until("POST", "/form/submit/", fields)
            # Once more, after the deadline too: who has a receipt sees the same one.
            answer = clerk.until("POST", "/form/submit/", fields)
            if answer.place == "/form/receipt/":
                clerk.see_receipt()
            return answer

        with ThreadPoolExecutor(sizes.people) as pool:
            places = [answer.place for answer in pool.map(hand_in, range(len(ready)))]
        after = sum(
            1 for kept in stored_now(server.environment).values() for row in kept if (row.submitted_at or 0) > ends
        )
        figures = {
            "submits around the deadline": len(ready), "in time, with a receipt": places.count("/form/receipt/"),
            "too late, told so": places.count("/form/"), "submitted after the deadline": after,
        }  # fmt: skip
        outcome = judged(server, ledger, gave_up, **figures)
        return Outcome(figures=outcome.figures, complaints=outcome.complaints + late(after))


def late(after: int) -> list[str]:
    return [f"{after} were submitted after the deadline"] if after else []
