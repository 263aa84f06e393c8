"""Addresses of the firm register within the office."""

from django.urls import URLPattern, path

from survey.views.fieldwork import delegates, editions, firms, frame_register

urlpatterns: list[URLPattern] = [
    path("firms/", firms.firm_list, name="firm_list"),
    path("firms/<number:pk>/", firms.firm_page, name="firm_page"),
    path("firms/<number:pk>/edit/", firms.firm_edit, name="firm_edit"),
    path("firms/<number:pk>/contacts/<number:contact>/", firms.firm_contact, name="firm_contact"),
    path("firms/<number:pk>/local-units/", firms.firm_local_unit, name="firm_local_unit"),
    path("firms/<number:pk>/delegate/", delegates.firm_delegate, name="firm_delegate"),
    path("delegates/<number:pk>/", delegates.delegate_page, name="delegate_page"),
    path("delegates/<number:pk>/code/", delegates.delegate_show_code, name="delegate_show_code"),
    path("delegates/<number:pk>/revoke/", delegates.delegate_revoke, name="delegate_revoke"),
    path("delegates/<number:pk>/firms/<number:delegation>/end/", delegates.delegation_end, name="delegation_end"),
    path("classifications/", editions.classification_editions, name="classification_editions"),
    path("classifications/<number:pk>/", editions.classification_edition, name="classification_edition"),
    path("frames/<number:pk>/register/", frame_register.frame_register, name="frame_register"),
]
