"""Addresses of logging in with an account of the organisation; part of the site where OIDC_ISSUER is set."""

from django.urls import path

from survey.views.operation.sign_on import CallbackView, RequestView

urlpatterns = [
    path("", RequestView.as_view(), name="oidc_authentication_init"),
    path("back/", CallbackView.as_view(), name="oidc_authentication_callback"),
]
