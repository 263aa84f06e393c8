"""What the audit history says was done, of firms and of local units."""

from survey.terms import gettext_noop as _

OF_AUDIT: dict[str, str] = {
    _("the firm"): _("the local unit"),
    _("Firm or credit code"): _("Local unit or credit code"),
    _("answered a firm"): _("answered a local unit"),
    _("gave firms more time, or took it back"): _("gave local units more time, or took it back"),
    _("read answers of a firm"): _("read answers of a local unit"),
    _("downloaded a file that a firm attached"): _("downloaded a file that a local unit attached"),
    _("drew a follow-up of silent firms"): _("drew a follow-up of silent local units"),
    _("drew a follow-up sample of silent firms"): _("drew a follow-up sample of silent local units"),
    _("put in a list of firms"): _("put in a list of local units"),
    _("imported a list of firms"): _("imported a list of local units"),
    _("discarded a list of firms"): _("discarded a list of local units"),
    _("had a list of firms checked again"): _("had a list of local units checked again"),
    _("took away a list of firms that nobody decided on"): _("took away a list of local units that nobody decided on"),
    _("let mended rows join a list of firms"): _("let mended rows join a list of local units"),
    _("let the register know of a list of firms"): _("let the register know of a list of local units"),
    _("took over what the register knows into a list of firms"): _(
        "took over what the register knows into a list of local units"
    ),
    _("took firms out of a list that the register knows to be gone"): _(
        "took local units out of a list that the register knows to be gone"
    ),
}
AUDIT_OF_BOTH: dict[str, str] = {
    "the firm": _("the firm or local unit"),
    "firms": _("firms or local units"),
    "Firm or credit code": _("Firm, local unit or credit code"),
    "answered a firm": _("answered a firm or local unit"),
    "gave firms more time, or took it back": _("gave firms or local units more time, or took it back"),
    "read answers of a firm": _("read answers of a firm or local unit"),
    "downloaded a file that a firm attached": _("downloaded a file that a firm or local unit attached"),
    "drew a follow-up of silent firms": _("drew a follow-up of silent firms or local units"),
    "drew a follow-up sample of silent firms": _("drew a follow-up sample of silent firms or local units"),
    "put in a list of firms": _("put in a list of firms or local units"),
    "imported a list of firms": _("imported a list of firms or local units"),
    "discarded a list of firms": _("discarded a list of firms or local units"),
    "had a list of firms checked again": _("had a list of firms or local units checked again"),
    "took away a list of firms that nobody decided on": _(
        "took away a list of firms or local units that nobody decided on"
    ),
    "let mended rows join a list of firms": _("let mended rows join a list of firms or local units"),
    "let the register know of a list of firms": _("let the register know of a list of firms or local units"),
    "took over what the register knows into a list of firms": _(
        "took over what the register knows into a list of firms or local units"
    ),
    "took firms out of a list that the register knows to be gone": _(
        "took firms or local units out of a list that the register knows to be gone"
    ),
}
"""What an entry says of whose survey nothing is known, where some surveys ask firms and others local units."""
