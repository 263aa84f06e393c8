"""The words of a release's life, as enums that carry their English label."""

from survey.terms import Labelled
from survey.terms import gettext_noop as _


class ReleaseState(Labelled):
    """How far a release is. A revised one was published and has a later one that stands for it."""

    DRAFT = "draft", _("draft")
    CHECKED = "checked", _("checked")
    SIGNED = "signed", _("signed")
    EMBARGOED = "embargoed", _("under embargo")
    PUBLISHED = "published", _("published")
    REVISED = "revised", _("revised")
    WITHDRAWN = "withdrawn", _("withdrawn before publication")
    EARLIER = "earlier", _("made by an earlier version")


class ReleaseAct(Labelled):
    """What can be done to a release, as its log names it."""

    MAKE = "make", _("made")
    CERTIFY = "certify", _("certified")
    CHECK = "check", _("checked")
    SIGN = "sign", _("signed")
    EMBARGO = "embargo", _("put under embargo")
    PUBLISH = "publish", _("published")
    REVISE = "revise", _("revised by a later release")
    WITHDRAW = "withdraw", _("withdrawn")


OUT = frozenset({ReleaseState.PUBLISHED, ReleaseState.REVISED})
"""States of what everybody with the right to results may see."""
KEEPS_FIGURES = OUT | {ReleaseState.EARLIER}
"""States of releases that keep the figures of a wave when its answers are erased."""
