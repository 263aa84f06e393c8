"""Addresses: the questionnaire at the root, the office under ``/admin/``."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, register_converter

from config.converters import NumberConverter
from survey.views.results import release_files

# Before the addresses that are included, which are read when the first request comes.
register_converter(NumberConverter, "number")

urlpatterns = [
    *([path("admin/sign-on/", include("config.sign_on_urls"))] if settings.OIDC_ISSUER else []),
    # Before Django's admin, which answers every address below its own that it does not know.
    path("admin/", include("config.office_urls")),
    path("admin/", admin.site.urls),
    path("api/releases/", release_files.api_releases, name="api_releases"),
    path("api/releases/<slug:code>/<number:number>/", release_files.api_release, name="api_release"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("config.respondent_urls")),
]

handler400 = "survey.views.failures.bad_request"
handler403 = "survey.views.failures.permission_denied"
handler404 = "survey.views.failures.page_not_found"
handler500 = "survey.views.failures.server_error"
