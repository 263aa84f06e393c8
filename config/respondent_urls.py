"""Addresses of the questionnaire."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
