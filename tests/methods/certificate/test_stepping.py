from typing import Any

from survey.methods.certificate.stepping import machine_code


def test_function_without_a_place_for_its_machine_code_is_compiled_all_the_same() -> None:
    """A text that is no file has none, as a service that may write nowhere."""
    made: dict[str, Any] = {}
    exec("def twice(number):\n    return 2 * number", made)
    assert machine_code(made["twice"])(3) == 6
