import json

from hypothesis import given

from survey.instrument.schema import Questionnaire, canonical_json
from survey.terms import ItemType, Missing
from tests.instrument.strategies import questionnaires
from tests.instrument.tiny import item, one_page, options, rule

FULL = one_page(
    item("c", ItemType.SINGLE, options=options("a", exclusive=True, specify=True), missing=(Missing.REFUSED,)),
    item("f", ItemType.FILE, file_types=("pdf", "png"), max_megabytes=5.0),
    item("t", ItemType.NUMBER_TABLE, rows=options("r"), options=options("k"), minimum=0, decimals=2, magnitude=3.0),
    rules=[rule("r", "${t} > 1", "t")],
)


def test_questionnaire_comes_back_from_json():
    assert Questionnaire.from_dict(json.loads(json.dumps(FULL.to_dict()))) == FULL


@given(questionnaires())
def test_any_questionnaire_keeps_its_digest(form):
    again = Questionnaire.from_dict(json.loads(canonical_json(form.to_dict())))
    assert (again, again.digest) == (form, form.digest)


def test_digest_depends_on_the_content():
    assert one_page(item("a")).digest == one_page(item("a")).digest
    assert one_page(item("a")).digest != one_page(item("a", minimum=0)).digest
