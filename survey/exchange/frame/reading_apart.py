"""The process that reads a list for another one: `python -m survey.exchange.frame.reading_apart FILE`."""

import pickle
import sys
from pathlib import Path

from survey.exchange.frame.found_list import find_list
from survey.services.frame.complaints import FrameFileRefused


def main(path: Path) -> None:
    """Write head and parts of a list to the standard output, or why it is refused."""

    def put(value: object) -> None:
        pickle.dump(value, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)

    try:
        found = find_list(path)
    except FrameFileRefused as refused:
        put({"refused": refused.code, "value": refused.value, "parameters": dict(refused.complaint.parameters)})
        return
    put({"sheet": found.sheet, "headers": found.headers, "hidden": found.hidden})
    for part in found.parts():
        put(part)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
