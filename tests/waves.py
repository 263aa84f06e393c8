"""What a wave of a test surely has."""

from survey.models import QuestionnaireVersion, Wave


def version_of(wave: Wave) -> QuestionnaireVersion:
    """The questionnaire version that the wave collects with."""
    assert wave.version is not None
    return wave.version
