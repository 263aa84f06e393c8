"""Addresses of releases in the office."""

from django.urls import path

from survey.views.results import release_files, release_steps, releases

ONE = "releases/<slug:code>/<number:number>/"
urlpatterns = [
    path("releases/", releases.release_list, name="release_list"),
    path("releases/new/", releases.release_new, name="release_new"),
    path(ONE, releases.release_page, name="release_page"),
    path(f"{ONE}differences/", releases.release_differences, name="release_differences"),
    path(f"{ONE}book/", release_files.release_book, name="release_book"),
    path(f"{ONE}content.json", release_files.release_content, name="release_content"),
    path(f"{ONE}figures.<slug:ending>", release_files.release_file, name="release_file"),
    path(f"{ONE}<slug:act>/", release_steps.release_step, name="release_step"),
]
