import numpy as np

from survey.methods.certificate.amount_board import AMOUNT_CHANCES, AmountWorlds
from tests.methods.certificate.amounts_told import asked_of, wave_of


def test_a_world_has_room_for_every_firm_and_domain() -> None:
    question = asked_of(wave_of(50.0))
    worlds = question.worlds(np.ones((3, 120), bool))
    assert isinstance(worlds, AmountWorlds)
    assert worlds.levels.shape == (3, 120)
    assert worlds.off.shape == (3, len(question.amounts.clearing.cube.domains) + 1)
    assert AMOUNT_CHANCES == 2
