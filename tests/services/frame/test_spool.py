from survey.services.frame.spool import Spool


def test_values_come_back_in_order_and_again() -> None:
    spool: Spool[str] = Spool()
    for value in ("a", "b", "c"):
        spool.add(value)
    assert (list(spool), list(spool)) == (["a", "b", "c"], ["a", "b", "c"])


def test_two_readers_do_not_disturb_each_other() -> None:
    spool: Spool[int] = Spool()
    for value in range(3):
        spool.add(value)
    assert [(a, b) for a, b in zip(spool, spool, strict=True)] == [(0, 0), (1, 1), (2, 2)]


def test_nothing_added_is_nothing_read() -> None:
    assert list(Spool()) == []


def test_value_that_is_added_while_others_are_read_comes_last() -> None:
    spool: Spool[str] = Spool()
    spool.add("first")
    spool.add("second")
    assert next(iter(spool)) == "first"
    spool.add("third")
    assert list(spool) == ["first", "second", "third"]
