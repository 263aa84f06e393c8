"""Pages of the admin that refuse to overwrite what somebody else stored while they were open."""

from typing import Any

from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from survey.forms.office.stale import BothValues, StaleRefusedForm, read_value


class StaleRefusedAdmin:
    """Mixed into an admin: of two who have one row open, the second sees both values and chooses."""

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)  # type: ignore[misc]
        # A new row has nothing that somebody else could have changed.
        if obj is None:
            return form
        related = tuple(
            (
                inline.model,
                key_of(inline.model, type(obj)),
                tuple(flatten_fieldsets(inline.get_fieldsets(request, obj))),
            )
            for inline in self.get_inline_instances(request, obj)  # type: ignore[attr-defined]
        )
        # Mixed in here and not into each form: a page of the admin that is added later refuses as well.
        return type(form.__name__, (StaleRefusedForm, form), {"related": related})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        context["deadline_question"] = getattr(form, "deadline_question", "")
        if isinstance(form, StaleRefusedForm) and form.instance.pk:
            context["state"] = form.state()
            context["ends_collection"] = getattr(form, "ends_collection", "")
            if getattr(form, "conflicts", None):
                context["conflicts"] = [*form.side_by_side(), *rows_side_by_side(form, context)]
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]
        if context.get("conflicts"):
            response.status_code = 409
        return response


def key_of(model: type[Model], above: type[Model]) -> str:
    """The foreign key by which the rows of a model belong to a row above."""
    return next(field.name for field in model._meta.fields if field.related_model is above)


def rows_side_by_side(form: StaleRefusedForm, context: dict[str, Any]) -> list[BothValues]:
    """Both values of each field of a row within the page that was changed meanwhile."""
    found = []
    for formset in (inline.formset for inline in context["inline_admin_formsets"]):
        for part in formset.initial_forms:
            if f"{part.instance._meta.model_name}:{part.instance.pk}" not in form.conflicts:
                continue
            # Only what was typed otherwise: of the rest both values are the same.
            for name in part.changed_data:
                if name != "DELETE" and part.initial.get(name) is not None:
                    field = part.fields[name]
                    label = f"{part.instance} – {part[name].label}"
                    stored, typed = read_value(field, part.initial[name]), read_value(field, part[name].value())
                    found.append(BothValues(name="", label=label, stored=stored, typed=typed))
    return found
