"""The page that clerks fill in while something goes wrong; known to them and to the site's database alike."""

PAGE, TEXT = "p", "remark"
NUMBERS = tuple(f"n{place}" for place in range(8))


def answers_of(number: int) -> dict[str, int | str]:
    """What the firm with this number answers: no two alike, so that a mix of two is seen."""
    return {
        **{name: number * len(NUMBERS) + place for place, name in enumerate(NUMBERS)},
        TEXT: f"answer-{number}-" + "y" * (number % 300),
    }
