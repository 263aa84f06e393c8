"""The door of the office: who has all rights of a page comes in, who lacks one is refused, nobody is led to the login."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from survey.models import District, Territory
from survey.views.office import member_of_staff, office_page, office_page_of_either, whole_office_page

pytestmark = pytest.mark.django_db
Door = Callable[..., Callable[..., HttpResponse]]


@office_page("view_case", "change_case")
def page(request: HttpRequest, word: str = "") -> HttpResponse:
    return HttpResponse(f"{member_of_staff(request)} {word}")


@whole_office_page("view_case")
def page_of_all_districts(request: HttpRequest) -> HttpResponse:
    return HttpResponse("all")


@office_page()
def page_of_all_staff(request: HttpRequest) -> HttpResponse:
    return HttpResponse("staff")


def staff(*rights: str, **more: bool) -> User:
    user = User.objects.create(username="officer", **{"is_staff": True, **more})
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="survey", codename__in=rights))
    return user


def ask(user: User | AnonymousUser, view: Callable[..., HttpResponse] = page, *words: str) -> HttpResponse:
    request = RequestFactory().get("/somewhere/?a=b")
    request.user = user
    return view(request, *words)


def test_who_has_every_right_comes_in() -> None:
    assert ask(staff("view_case", "change_case"), page, "word").content == b"officer word"


@pytest.mark.parametrize("rights", [(), ("view_case",), ("change_case",)])
def test_who_lacks_a_right_is_refused(rights: tuple[str, ...]) -> None:
    with pytest.raises(PermissionDenied):
        ask(staff(*rights))


@pytest.mark.parametrize("gone", ["is_active", "is_staff"])
def test_who_left_the_office_is_refused_whatever_rights_are_left(gone: str) -> None:
    user = staff("view_case", "change_case", **{gone: False})
    for view in (page, page_of_all_staff):
        with pytest.raises(PermissionDenied):
            ask(user, view)


def test_nobody_is_led_to_the_login_and_back() -> None:
    answer = ask(AnonymousUser())
    assert (answer.status_code, answer["Location"]) == (302, "/admin/login/?next=/somewhere/%3Fa%3Db")


def test_page_by_a_right_to_firms_is_kept_by_nobody() -> None:
    user = staff("view_case", "change_case")
    kept = {view: "no-store" not in ask(user, view).get("Cache-Control", "") for view in (page, page_of_all_staff)}
    assert kept == {page: False, page_of_all_staff: True}


def test_page_of_either_right_is_kept_by_nobody_where_one_is_to_firms() -> None:
    view = office_page_of_either(("view_dashboard",), ("view_firm",))(lambda request: HttpResponse())
    assert "no-store" in ask(staff("view_dashboard"), view)["Cache-Control"]


def test_page_of_all_districts_refuses_who_works_on_one() -> None:
    user = staff("view_case")
    assert ask(user, page_of_all_districts).content == b"all"
    Territory.objects.create(user=user, district=District.objects.create(code="440305"))
    with pytest.raises(PermissionDenied):
        ask(User.objects.get(), page_of_all_districts)


def test_page_of_all_districts_asks_for_its_right_too() -> None:
    with pytest.raises(PermissionDenied):
        ask(staff(), page_of_all_districts)
    assert ask(AnonymousUser(), page_of_all_districts).status_code == 302


def test_page_says_beforehand_whom_it_lets_in() -> None:
    user = staff("view_case")
    opens_for = vars(page_of_all_districts)["opens_for"]
    assert (opens_for(user), opens_for(AnonymousUser())) == (True, False)
    Territory.objects.create(user=user, district=District.objects.create(code="440305"))
    assert not opens_for(User.objects.get())
    user.user_permissions.clear()
    Territory.objects.all().delete()
    assert not opens_for(User.objects.get())
