"""The editing queue as an officer sees it."""

from typing import Any

from django.test import Client
from django.urls import reverse

from survey.instrument.schema import Item, Text
from survey.models import Response
from survey.terms import ItemType

SPEND = Item(code="F1_spend", type=ItemType.MONEY, text=Text("支出", "Spending"), unit=Text("万元", "10,000 yuan"))


def queue(client: Client) -> list[int]:
    return [firm["response"] for firm in client.get(reverse("editing")).context["firms"]]


def decide(client: Client, of: Response, **typed: Any) -> Any:
    posted = {"response": of.pk, "item": "F1_spend", "said": "Told by telephone.", **typed}
    return client.post(reverse("editing"), posted, follow=True)
