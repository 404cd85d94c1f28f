"""The desk's pages: each answers with the issue as it is now, each change after it was saved."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from ..digest import Basis
from ..records import (
    BadChangeError,
    Changes,
    ConfigError,
    DataError,
    Digest,
    FolderBusyError,
    SentError,
    StaleError,
)
from ..writers import DIGEST_WRITERS
from . import kept, views
from .actions import ACTIONS
from .asked import Asked
from .guard import App, Guard
from .sheet import Sheet

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

#: Files that pages ask for, and what they are.
_FILES = {
    "desk.css": "text/css",
    "desk.js": "text/javascript",
    "htmx.min.js": "text/javascript",
    "sortable.min.js": "text/javascript",
}
#: The most fields of a request.
_FIELDS = 2000
#: The field that a button gives a value to, where that is no theme.
_OF_BUTTON = {"swap": "by", "add-line": "sentence", "merge": "into"}
#: Policy of the e-mail in its frame: styles and pictures of its own, and nothing else.
_MAIL = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"


def app(sheet: Sheet, token: str, port: int) -> App:
    """The desk as an ASGI application."""
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.requests import ClientDisconnect
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    pages: dict[str, Callable[[Sheet, Request], Response]] = {
        "/": _issue,
        "/issue": _part,
        "/article": _article,
        "/articles": _articles,
        "/changes": _changes,
        "/preview": _preview,
        "/email": _email,
        "/style.css": _style,
        "/static/{name}": _static,
    }

    def got(page: Callable[[Sheet, Request], Response]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            try:
                if page not in (_style, _static):
                    sheet.look()
                return page(sheet, request)
            except ConfigError as error:
                part = "hx-request" in request.headers
                return _told(sheet, "bad-file", 500, "message" if part else "failed", detail=str(error))

        return answer

    async def changed(request: Request) -> Response:
        try:
            text = (await request.body()).decode("utf-8")
            form = parse_qs(text, keep_blank_values=True, max_num_fields=_FIELDS)
        except (ValueError, ClientDisconnect):  # who goes away in the middle asked for nothing
            return _told(sheet, "bad-change", 400)
        return _change(sheet, form)

    async def missing(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return PlainTextResponse(f"{status}\n", status)

    routes = [Route(path, got(page), methods=["GET"]) for path, page in pages.items()]
    routes.append(Route("/change", changed, methods=["POST"]))
    inside = Starlette(routes=routes, exception_handlers={HTTPException: missing})
    return Guard(inside, token, port)


def _html(text: str, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    from starlette.responses import HTMLResponse

    return HTMLResponse(text, status, headers)


def _told(sheet: Sheet, key: str, status: int, template: str = "message", **values: str) -> Response:
    """A message instead of what was asked for."""
    text = sheet.texts[f"desk.{key}"].format(**values)
    return _html(views.page(f"desk.{template}.html", sheet, text=text), status)


# ── looking ────────────────────────────────────────────────────────────────────────────────────────


def _issue(sheet: Sheet, request: Request) -> Response:
    return _html(views.page("desk.html", sheet, **views.issue_values(sheet)))


def _part(sheet: Sheet, request: Request) -> Response:
    return _html(views.page("desk.issue.html", sheet, **views.issue_values(sheet)))


def _article(sheet: Sheet, request: Request) -> Response:
    report = sheet.basis.reports.get(sheet.articles.get(request.query_params.get("article", ""), ""))
    asked = request.query_params.get("sentence", "")
    if report is None:
        return _told(sheet, "bad-change", 404)
    instead = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else None
    values = views.article_values(sheet, report, instead)
    return _html(views.page("desk.article.html", sheet, **values))


def _articles(sheet: Sheet, request: Request) -> Response:
    query, number = request.query_params.get("q", "")[:200], request.query_params.get("page", "0")
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0
    return _html(views.page("desk.articles.html", sheet, **views.articles_values(sheet, query, place)))


def _changes(sheet: Sheet, request: Request) -> Response:
    return _html(views.page("desk.changes.html", sheet, **views.changes_values(sheet)))


def _preview(sheet: Sheet, request: Request) -> Response:
    width = 360 if request.query_params.get("width") == "360" else 700
    dark = request.query_params.get("scheme") == "dark"
    return _html(views.page("desk.preview.html", sheet, width=width, dark=dark, digest=sheet.edited.digest))


def _email(sheet: Sheet, request: Request) -> Response:
    written = DIGEST_WRITERS["email"](sheet.edited.digest, sheet.texts, sheet.room.templates)
    text = views.mail_page(written, dark=request.query_params.get("scheme") == "dark")
    return _html(text, headers={"content-security-policy": _MAIL})


def _style(sheet: Sheet, request: Request) -> Response:
    from starlette.responses import Response

    return Response(views.style(sheet), media_type="text/css")


def _static(sheet: Sheet, request: Request) -> Response:
    from starlette.exceptions import HTTPException
    from starlette.responses import Response

    name = request.path_params["name"]
    if name not in _FILES:
        raise HTTPException(404)
    return Response((views.STATIC / name).read_bytes(), media_type=_FILES[name])


# ── changing ───────────────────────────────────────────────────────────────────────────────────────


def _change(sheet: Sheet, form: dict[str, list[str]]) -> Response:
    """Make a change and answer with the issue; what can't be done is told, and nothing is saved."""
    seen = form.get("version", [""])[0]
    name, _, value = form.get("do", [""])[0].partition(":")
    if value:
        form = {**form, _OF_BUTTON.get(name, "to"): [value]}
    try:
        done = _do(sheet, seen, name, form)
    except StaleError:
        return _told(sheet, "stale", 409)
    except FolderBusyError:
        return _told(sheet, "stale", 409)
    except SentError:
        return _told(sheet, "sent", 409)
    except (BadChangeError, KeyError) as error:
        return _told(sheet, "bad-change", 400, detail=str(error))
    except ConfigError as error:
        return _told(sheet, "bad-file", 409, detail=str(error))
    except (OSError, DataError) as error:
        return _told(sheet, "not-saved", 500, detail=str(getattr(error, "strerror", None) or error))
    text = views.page("desk.issue.html", sheet, **views.issue_values(sheet))
    message = sheet.texts[f"desk.{done}"].format(version=sheet.changes.version)
    return _html(text, headers={"hx-trigger": json.dumps({"said": message})})


def _do(sheet: Sheet, seen: str, name: str, form: dict[str, list[str]]) -> str:
    """Key of the message that says what was done."""
    if name == "undo":
        return "undone" if sheet.undo(seen) else "nothing"
    if name == "redo":
        return "redone" if sheet.redo(seen) else "nothing"
    if name == "again":
        sheet.again()
        return "read-again"
    if name == "write":
        sheet.write()
        return "written"
    if name == "forget":
        mark = form.get("mark", [""])[0]

        def forget(changes: Changes, *_: object) -> Changes:
            left = kept.without(changes, mark)
            if left is None:
                raise BadChangeError("mark")
            return left

        return "saved" if sheet.change(seen, forget) else "nothing"
    if name not in ACTIONS:
        raise BadChangeError("do")

    def change(changes: Changes, basis: Basis, digest: Digest) -> Changes:
        return ACTIONS[name](changes, Asked(basis, digest, form, sheet.articles))

    changed = sheet.change(seen, change)
    return "saved" if changed else "nothing"
