"""Addresses of the office beside Django's own admin pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
