"""Words that Django and django-axes show in the office and that have no Chinese of their own, for our catalogue."""

from django.utils.translation import gettext_noop as _

BORROWED = (
    _("Error:"),
    _("This field is required."),
    _(
        "Please enter the correct %(username)s and password for a staff account. "
        "Note that both fields may be case-sensitive."
    ),
    _("Model name"),
    _("Add link"),
    _("Change or view list link"),
    _("After you’ve created a user, you’ll be able to edit more user options."),
    _("access attempt"),
    _("access attempts"),
    _("access log"),
    _("access logs"),
    _("User Agent"),
    _("IP Address"),
    _("Username"),
    _("Path"),
    _("Attempt Time"),
    _("Failed Logins"),
    _("Logout Time"),
    _("Access lock out"),
    _("Locked Out"),
)
