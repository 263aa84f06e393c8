"""Files that come with an offline form: a workbook cannot hold them, so they are uploaded beside it."""

from collections.abc import Container, Mapping

from survey.complaints import Complaint
from survey.instrument.kinds.registry import kind_of
from survey.instrument.routing.pruning import NAME
from survey.instrument.schema import Item, Questionnaire
from survey.services.answers.uploads import Uploaded, UploadRefusedError, check_upload, name_shown, name_upload

Attachments = Mapping[str, Uploaded]
"""Uploaded files by the code of the item that they answer."""


def file_items(questionnaire: Questionnaire) -> tuple[Item, ...]:
    """The items that are answered with a file, in the order of asking."""
    return tuple(item for item in questionnaire.items.values() if kind_of(item).is_file)


def refused_attachments(
    questionnaire: Questionnaire, attachments: Attachments, route: Container[str]
) -> dict[str, Complaint]:
    """Why a file is not taken, by item; items off the route take none."""
    refused = {}
    for item in file_items(questionnaire):
        # A file where nothing is asked is passed over: one complaint about it would hold up all the answers.
        if item.code in attachments and item.code in route:
            try:
                check_upload(item, attachments[item.code])
            except UploadRefusedError as refusal:
                refused[item.code] = refusal.complaint
    return refused


def name_attachments(questionnaire: Questionnaire, attachments: Attachments, route: Container[str]) -> dict[str, str]:
    """The reference that answers each item. Raises UploadRefusedError."""
    return {
        item.code: name_upload(item, attachments[item.code])
        for item in file_items(questionnaire)
        if item.code in attachments and item.code in route
    }


def shown_names(attachments: Attachments, named: Container[str]) -> dict[str, str]:
    """What the firm calls the files that answer these items, by the key of the document."""
    return {item + NAME: name for item, upload in attachments.items() if item in named and (name := name_shown(upload))}
