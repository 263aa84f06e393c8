"""503: what is asked cannot be done now. Nothing typed is lost, and the time to come again is said."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import get_template


def put_off(request: HttpRequest, *, state: str, template: str, seconds: int, **context: Any) -> HttpResponse:
    """The page ``template`` with what was typed and a button that sends it once more; a script gets ``state`` alone.

    Asks neither database nor session: they may be what is away.
    """
    # A script would put a page of HTML in place of a state; it waits by the header.
    if request.headers.get("Accept", "").startswith("application/json"):
        response: HttpResponse = JsonResponse({"state": state}, status=503)
    else:
        posts = request.method == "POST"
        kept = posted(request) if posts else []
        page = get_template(template).render(
            {"kept": kept, "action": request.get_full_path(), "posts": posts, "is_kept": kept is not None, **context}
        )
        response = HttpResponse(page, status=503)
    response["Retry-After"] = str(seconds)
    # A proxy that keeps the refusal would go on refusing when the site works again.
    response["Cache-Control"] = "no-store"
    return response


def posted(request: HttpRequest) -> list[tuple[str, str]] | None:
    """Every posted (name, value), with the token, which is as good as it was; None where they could not be read.

    Files cannot be sent back.
    """
    try:
        kept = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    # A large post is put into a file while it is read, and the disk may be what is full.
    except Exception:
        return None
    # A post that broke off is empty from then on; every form of ours has its token at least.
    return kept or None
