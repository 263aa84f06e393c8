"""A cut freezes the cleared figures of a wave as they are at one moment."""

from collections.abc import Callable

import numpy as np
import pytest

from survey.exchange.release.content import content_of_cut
from survey.exchange.release.wording import Planned
from survey.jobs.asking import ask_for
from survey.jobs.kinds.cut import CUT
from survey.models import Cut, CutPage, CutSource, Firm, FirmGroup, SamplingFrame, StaffAction, Wave
from survey.selectors.results.cleared import cleared_tables, groups_of_cut, words_of_cut
from survey.selectors.results.extract import collected_of
from survey.selectors.results.register_facts import with_register
from survey.selectors.results.sample import sample_of
from survey.selectors.results.wave_log import log_of
from survey.selectors.results.wave_results import prepared_of
from survey.services.fieldwork.waves import close_wave
from survey.services.operation.audit_check import broken_links
from survey.services.operation.erasing import erase_source
from survey.services.results.cut_source import unpacked
from survey.services.results.cuts import make_cut
from survey.services.results.earlier_cuts import CutRefusedError
from survey.services.results.release_check import verify_release
from survey.services.results.releases import make_release
from tests.answered import answer, answered_wave, sampled_wave
from tests.interrupted import half_written
from tests.working import work_off

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    return answered_wave(wave, frame, firms=120, sample=80, answers=60)


def test_cut_has_a_page_for_all_firms_and_one_for_each_group_of_the_frame(answered: Wave) -> None:
    cut = make_cut(wave=answered, actor=None)
    groups = groups_of_cut(cut)
    assert (cut.number, groups[()].n, groups[()].is_shown) == (1, 60, True)
    assert set(CutPage.objects.values_list("domain", flat=True)) >= {"", "industry=C", "size=small"}
    assert CutPage.objects.count() == len(groups)


def test_wave_that_has_not_changed_keeps_its_cut(answered: Wave) -> None:
    first = make_cut(wave=answered, actor=None)
    assert (make_cut(wave=answered, actor=None), Cut.objects.count()) == (first, 1)


def test_figures_of_a_cut_stay_when_firms_answer(answered: Wave) -> None:
    first = make_cut(wave=answered, actor=None)
    before = cleared_tables(first, words_of_cut(first, "en"))
    answer(answered, 15)
    assert cleared_tables(first, words_of_cut(first, "en")) == before
    second = make_cut(wave=answered, actor=None)
    assert (second.number, groups_of_cut(second)[()].n) == (2, 75)


def test_cut_of_too_few_responses_is_refused(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    sampled_wave(wave, frame(), 24)
    with pytest.raises(CutRefusedError, match="Fewer than two firms answered"):
        make_cut(wave=wave, actor=None)


def test_cut_that_knows_nothing_of_another_is_refused(answered: Wave) -> None:
    def meanwhile(done: int, total: int) -> None:
        if done == 1 and not Cut.objects.exists():
            make_cut(wave=answered, actor=None)

    with pytest.raises(CutRefusedError, match="at the same time"):
        make_cut(wave=answered, actor=None, progress=meanwhile)
    assert Cut.objects.count() == 1


def test_source_of_a_cut_holds_the_extract_and_the_weights(answered: Wave) -> None:
    source = unpacked(bytes(make_cut(wave=answered, actor=None).source.content))
    extract = prepared_of(answered).extract
    assert np.array_equal(source.arrays["weight"], extract.weight)
    assert np.array_equal(source.arrays["item:B1_severity"], extract.items["B1_severity"].codes)
    assert source.beside["labels"]["item:B1_severity"] == list(extract.items["B1_severity"].labels)
    assert source.beside["firms"] == collected_of(answered).firms


def test_cut_stands_in_the_audit_history_and_its_chain(answered: Wave) -> None:
    cut = make_cut(wave=answered, actor=None)
    assert StaffAction.objects.get(verb="make_cut").detail == {"digest": cut.digest, "answered": 60}
    assert list(broken_links()) == []


@pytest.mark.usefixtures("unguarded")
def test_changed_figure_of_a_cut_breaks_the_chain(answered: Wave) -> None:
    cut = make_cut(wave=answered, actor=None)
    page = cut.pages.get(domain="")
    CutPage.objects.filter(pk=page.pk).update(tables={**page.tables, "n": 65})
    assert [link.what for link in broken_links()] == [f"cut {cut.pk} holds other figures than it was made with."]


def test_source_that_was_erased_leaves_the_figures(answered: Wave) -> None:
    cut = make_cut(wave=answered, actor=None)
    erase_source(cut.source)
    assert (bytes(CutSource.objects.get().content), list(broken_links())) == (b"", [])
    assert cleared_tables(cut, words_of_cut(cut, "en"))["ranking"].cells


def test_one_more_answer_lets_no_figure_change_that_would_tell_it(answered: Wave) -> None:
    """Of a cell that one firm has changed since the cut before, the figure of then stays."""
    first = make_cut(wave=answered, actor=None)
    before = cleared_tables(first, words_of_cut(first, "en"))["ranking"]
    answer(answered, 1)
    second = make_cut(wave=answered, actor=None)
    assert second.number == 2
    assert cleared_tables(second, words_of_cut(second, "en"))["ranking"].cells == before.cells


def test_cut_after_one_whose_source_was_erased_is_refused(answered: Wave) -> None:
    erase_source(make_cut(wave=answered, actor=None).source)
    answer(answered, 5)
    with pytest.raises(CutRefusedError, match="were erased"):
        make_cut(wave=answered, actor=None)


def test_firms_of_one_enterprise_group_and_consents_are_told_to_protection(answered: Wave) -> None:
    sampled = sample_of(answered, log_of(answered)).credit_code.tolist()
    group = FirmGroup.objects.create(name="集团")
    for code, consents in ((sampled[0], False), (sampled[3], True)):
        Firm.objects.create(credit_code=code, name=code, group=group, consents_to_be_shown=consents)
    told = with_register(prepared_of(answered), answered).collected
    assert told.enterprise is not None
    assert told.consents is not None
    assert (told.enterprise[0], told.enterprise[3], told.enterprise[1]) == (told.enterprise[0], told.enterprise[0], -1)
    assert told.enterprise[0] >= 0
    assert np.flatnonzero(told.consents).tolist() == [3]


def test_new_enterprise_group_is_another_state_of_the_wave(answered: Wave) -> None:
    first = make_cut(wave=answered, actor=None)
    code = sample_of(answered, log_of(answered)).credit_code[0]
    Firm.objects.create(credit_code=code, name=code, group=FirmGroup.objects.create(name="集团"))
    assert make_cut(wave=answered, actor=None).number == first.number + 1


def test_cut_of_the_clock_says_what_was_proved_and_its_release_can_be_signed(answered: Wave) -> None:
    ask_for(CUT, key=f"{answered.pk}:0", subject="w1", actor=None, wave=answered.pk)
    work_off()
    cut = Cut.objects.get()
    assert cut.certificate is not None
    assert cut.certificate["left"] == 0
    assert sum(one["answers"] for one in cut.certificate["items"]) > 60
    assert (cut.certificate["firms"], cut.certificate["holds"]) == (60, not cut.certificate["failures"])
    assert make_cut(wave=answered, actor=None, certified=True) == cut
    release = make_release(cut=cut, content=content_of_cut(cut, Planned()), actor=None)
    assert release.certificate == cut.certificate
    verified = verify_release(release)
    assert (verified.holds, verified.figures > 100) == (True, True)


def test_cut_of_the_demonstration_by_the_clock_keeps_nobody_waiting_for_a_proof(answered: Wave) -> None:
    answered.survey.is_demonstration = True
    answered.survey.save()
    ask_for(CUT, key=f"{answered.pk}:0", subject="w1", actor=None, wave=answered.pk)
    work_off()
    assert Cut.objects.get().certificate is None


def test_closed_wave_of_the_demonstration_is_proved_by_the_clock(answered: Wave) -> None:
    answered.survey.is_demonstration = True
    answered.survey.save()
    close_wave(wave=answered, actor=None)
    ask_for(CUT, key=f"{answered.pk}:0", subject="w1", actor=None, wave=answered.pk)
    work_off()
    assert Cut.objects.get().certificate is not None


def test_what_a_cut_without_certificate_told_more_closely_keeps_a_later_one_from_holding(answered: Wave) -> None:
    """The answers are the same, but whoever read the first cut knows more of them than the second one tells."""
    plain = make_cut(wave=answered, actor=None)
    proved = make_cut(wave=answered, actor=None, certified=True)
    assert (plain.certificate, proved.number) == (None, 2)
    assert proved.certificate is not None
    assert proved.certificate["coarser"]
    assert proved.certificate["left"] > 0
    assert proved.certificate["holds"] is False


def test_figures_of_a_cut_without_certificate_keep_a_later_one_from_holding(answered: Wave) -> None:
    """One firm more moves figures that may not follow it: they stay as the first cut told them, which proved nothing."""
    make_cut(wave=answered, actor=None)
    answer(answered, 1)
    certificate = make_cut(wave=answered, actor=None, certified=True).certificate
    assert certificate is not None
    assert certificate["left"] > 0
    assert (certificate["left_proved"], certificate["holds"]) == (False, False)


def test_cut_that_is_frozen_half_way_is_not_there(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    answered_wave(wave, frame, firms=60, sample=30, answers=12)
    assert half_written(lambda: make_cut(wave=wave, actor=None)) == []
