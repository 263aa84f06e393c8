from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from survey.models import Case, Correction, Response, StaffAction, Wave
from survey.services.fieldwork.access_codes import derive_code
from survey.terms import Role
from tests.waves import version_of

# What was submitted is changed here, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def listed_firms(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"{reverse('case_list')}?{query}")
    return [case.sample_unit.unit.name for case in answer.context["page"]]


def names(cases: list[Case]) -> list[str]:
    return [case.sample_unit.unit.name for case in cases]


@pytest.mark.usefixtures("officer")
class TestList:
    def test_lists_the_cases_of_the_open_wave_by_firm(self, client: Client, cases: list[Case]) -> None:
        assert listed_firms(client) == names(cases)

    def test_sorts_the_other_way_round(self, client: Client, cases: list[Case]) -> None:
        assert listed_firms(client, "sort=-firm") == names(cases)[::-1]

    @pytest.mark.parametrize(
        "sort", ["stratum", "-district", "status", "disposition", "sent", "reminders", "-saved", "no"]
    )
    def test_every_order_lists_every_case_once(self, client: Client, cases: list[Case], sort: str) -> None:
        assert sorted(listed_firms(client, f"sort={sort}")) == names(cases)

    def test_pages_are_stable_and_complete(
        self, client: Client, cases: list[Case], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("survey.views.fieldwork.cases.PER_PAGE", 7)
        pages = [listed_firms(client, f"sort=status&page={page}") for page in (1, 2, 3, 4)]
        assert sorted(firm for page in pages for firm in page) == names(cases)

    def test_filters_by_status_stratum_district_size_and_text(self, client: Client, cases: list[Case]) -> None:
        Case.objects.filter(pk=cases[3].pk).update(status="submitted")
        unit = cases[3].sample_unit.unit
        assert listed_firms(client, "status=submitted") == [unit.name]
        assert listed_firms(client, f"text={unit.credit_code}") == [unit.name]
        for query, wanted in {
            f"stratum={unit.industry_section}-{unit.size_class}": ("industry_section", "size_class"),
            f"district={unit.district.code}": ("district",),
            f"size={unit.size_class}": ("size_class",),
        }.items():
            same = [
                case
                for case in cases
                if all(getattr(case.sample_unit.unit, name) == getattr(unit, name) for name in wanted)
            ]
            assert listed_firms(client, query) == names(same)

    def test_head_counts_every_status(self, client: Client, cases: list[Case]) -> None:
        Case.objects.filter(pk=cases[0].pk).update(status="submitted")
        counts = client.get(reverse("case_list")).context["counts"]
        assert {status.value: count for status, count in counts} == {
            "not_started": 23, "in_progress": 0, "submitted": 1, "returned": 0, "finalised": 0,
        }  # fmt: skip

    def test_filter_without_a_case_offers_to_show_all(self, client: Client, cases: list[Case]) -> None:
        assert "No case meets these filters." in text_of(client.get(reverse("case_list") + "?text=zzz"))

    def test_unknown_filter_value_is_named_and_does_not_break_the_list(self, client: Client, cases: list[Case]) -> None:
        answer = client.get(reverse("case_list") + "?status=rubbish&page=99")
        assert (answer.status_code, len(answer.context["page"])) == (200, 24)

    def test_without_a_sample_the_page_says_what_to_do(self, client: Client, wave: Wave) -> None:
        assert "no sample has been drawn" in text_of(client.get(reverse("case_list")))

    def test_number_of_queries_does_not_grow_with_the_cases(
        self, client: Client, cases: list[Case], django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(20):
            client.get(reverse("case_list"))


@pytest.mark.usefixtures("officer")
class TestPage:
    @pytest.fixture
    def submitted(self, cases: list[Case]) -> Response:
        Case.objects.filter(pk=cases[0].pk).update(status="submitted", disposition="complete")
        return Response.objects.create(
            case=cases[0],
            version=version_of(cases[0].wave),
            answers={"q_severity": "4", "q_share": 95},
            reasons={"v_share": "Only one cost."},
            status="submitted",
            receipt_number="R-1",
            submitted_at=timezone.now(),
        )

    def test_shows_firm_contact_receipt_and_reason(self, client: Client, submitted: Response) -> None:
        text = text_of(client.get(reverse("case_detail", args=[submitted.case_id])))
        unit = submitted.case.sample_unit.unit
        for shown in (unit.name, unit.contact.email, "R-1", "Above 90 %", "Only one cost."):
            assert shown in text

    def test_reason_for_an_amount_names_the_question(self, client: Client, submitted: Response) -> None:
        Response.objects.filter(pk=submitted.pk).update(reasons={"q_share__magnitude": "新厂房投产"})
        text = text_of(client.get(reverse("case_detail", args=[submitted.case_id])))
        assert "Share of cost (amount of an unusual size)" in text

    def test_never_shows_the_access_code(self, client: Client, submitted: Response) -> None:
        text = text_of(client.get(reverse("case_detail", args=[submitted.case_id])))
        assert derive_code(submitted.case) not in text

    def test_answers_are_shown_by_the_wording_of_the_questions(self, client: Client, submitted: Response) -> None:
        answer = client.get(reverse("case_answers", args=[submitted.case_id, submitted.pk]))
        assert answer.context["sections"] == [
            (
                "Cost",
                [
                    {
                        "code": "q_severity",
                        "wording": "How serious is the cost?",
                        "answer": "Serious",
                        "has_file": False,
                        "may_correct": True,
                        "state": "",
                    },
                    {
                        "code": "q_share",
                        "wording": "Share of cost",
                        "answer": "95 %",
                        "has_file": False,
                        "may_correct": True,
                        "state": "",
                    },
                ],
            )
        ]

    def test_corrected_answer_is_shown_and_named(
        self, client: Client, submitted: Response, office_user: Callable[[Role | str], User]
    ) -> None:
        author = office_user(Role.FIELD_OFFICER)
        Correction.objects.create(response=submitted, item="q_share", old=95, new=59, reason="Typing", author=author)
        answer = client.get(reverse("case_answers", args=[submitted.case_id, submitted.pk]))
        [(_section, rows)] = answer.context["sections"]
        assert [(row["answer"], row["state"]) for row in rows] == [("Serious", ""), ("59 %", "Corrected")]

    def test_answers_of_another_case_are_not_found_under_this_one(
        self, client: Client, submitted: Response, cases: list[Case]
    ) -> None:
        assert client.get(reverse("case_answers", args=[cases[1].pk, submitted.pk])).status_code == 404

    def test_return_leads_back_to_the_case(self, client: Client, submitted: Response) -> None:
        answer = client.post(
            reverse("case_return", args=[submitted.case_id]), {"note": "Check the share."}, follow=True
        )
        assert "The response is returned." in text_of(answer)
        assert Response.objects.get(case=submitted.case_id, is_current=True).return_note == "Check the share."

    def test_return_without_a_note_names_the_field(self, client: Client, submitted: Response) -> None:
        answer = client.post(reverse("case_return", args=[submitted.case_id]), {"note": " "})
        assert (answer.status_code, list(answer.context["return_form"].errors)) == (422, ["note"])

    def test_return_after_the_deadline_says_so_and_keeps_the_note(self, client: Client, submitted: Response) -> None:
        Wave.objects.update(closes_at=timezone.now())
        text = text_of(client.post(reverse("case_return", args=[submitted.case_id]), {"note": "Check the share."}))
        assert "does not collect any more" in text
        assert "Check the share." in text

    def test_revoked_code_is_replaced(self, client: Client, cases: list[Case]) -> None:
        before = derive_code(cases[0])
        client.post(reverse("case_revoke", args=[cases[0].pk]))
        assert derive_code(Case.objects.get(pk=cases[0].pk)) != before

    def test_printed_code_is_the_right_one_is_not_cached_and_is_recorded(
        self, client: Client, officer: User, cases: list[Case]
    ) -> None:
        answer = client.post(reverse("case_code", args=[cases[0].pk]))
        assert derive_code(cases[0]) in text_of(answer)
        assert "no-store" in answer["Cache-Control"]
        assert StaffAction.objects.get(verb="print_code").actor == officer
