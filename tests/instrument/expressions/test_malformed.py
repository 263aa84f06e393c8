import json

from survey.instrument.answers import parse_page
from survey.instrument.edits.rules import check_all
from survey.instrument.messages import worded
from survey.terms import ItemType, Missing
from tests.instrument.malformed import malformed_posts
from tests.instrument.tiny import TODAY, item, one_page, options
from tests.instrument.whole_pages import page_to_raw, prune

EVERY_TYPE = one_page(
    *(
        item(
            kind.value,
            kind,
            options=options("a", "b", "c", specify=True) if kind not in (ItemType.YES_NO, ItemType.SEVERITY) else (),
            rows=options("a", "b") if kind in (ItemType.SHARES, ItemType.NUMBER_TABLE) else (),
            missing=(Missing.DONT_KNOW,),
            can_estimate=True,
            calculation="1 + 1",
        )
        for kind in ItemType
    )
)
PAGE = EVERY_TYPE.pages["page"]


def test_malformed_posts_store_nothing_invalid() -> None:
    for raw in malformed_posts(PAGE, seed=20260331, count=2000):
        parsed = parse_page(PAGE, raw)
        json.dumps(parsed.answers, ensure_ascii=False, allow_nan=False).encode()
        for error in parsed.errors:
            worded(error.code, error.parameters, "en").encode()
        assert parse_page(PAGE, page_to_raw(PAGE, parsed.answers)).answers == parsed.answers
        check_all(EVERY_TYPE, prune(EVERY_TYPE, parsed.answers, {}, TODAY), {}, {}, TODAY)
