"""The colours of ordered answers, from cold to warm, for any number of steps."""

# From blue over grey to a burnt orange: a pair that the usual kinds of colour blindness leave apart.
STOPS = ("#2b6a99", "#9cc3dc", "#d9d9d9", "#f2b880", "#b4532a")
DARK, LIGHT = "#1b2a3a", "#ffffff"
READABLE_FROM = 0.42
"""Relative brightness above which dark letters are read better than light ones."""


def step_colours(steps: int, *, is_adverse: bool = True) -> tuple[str, ...]:
    """A colour for each step, the warm end for the worst: the last one where ``is_adverse``, else the first."""
    colours = tuple(_between(place / (steps - 1) if steps > 1 else 0.5) for place in range(steps))
    return colours if is_adverse else colours[::-1]


def ink_on(colour: str) -> str:
    """The ink that is read best on this colour."""
    red, green, blue = _parts(colour)
    # The weights of ITU-R BT.709, without its gamma: enough to choose between two inks.
    return DARK if (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255 > READABLE_FROM else LIGHT


def _between(share: float) -> str:
    """The colour at this share of the way along the stops."""
    place = share * (len(STOPS) - 1)
    # The last step stands at the end of the last stretch, not at the beginning of one that is not there.
    first = min(int(place), len(STOPS) - 2)
    parts = zip(_parts(STOPS[first]), _parts(STOPS[first + 1]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * (place - first)):02x}" for a, b in parts)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
