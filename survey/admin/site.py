"""The office: Django's admin site under our name."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class OfficeSite(AdminSite):
    site_header = _("Tongdian survey office")
    site_title = _("Tongdian")
    index_title = _("What matters today")
