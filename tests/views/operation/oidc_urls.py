"""The addresses of a site with OIDC_ISSUER."""

from django.urls import include, path

from config import urls

urlpatterns = [path("admin/sign-on/", include("config.sign_on_urls")), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
