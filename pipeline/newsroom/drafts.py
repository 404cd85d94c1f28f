"""An issue as a draft in listmonk or Ghost: people look at it there, and send it from there."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..records import Digest, SendError
from ..settings import load_messages
from ..writers import DIGEST_WRITERS
from ..writers.mail import subject_of
from . import articles
from .room import Newsroom
from .send import issue_to_send, secret_of

if TYPE_CHECKING:
    import httpx

#: Stands for the address that listmonk fills in for each recipient.
_UNSUBSCRIBE = "https://unsubscribe.invalid/"
_SECONDS = 30.0
#: How long a token of Ghost's holds, in seconds: five minutes are the most that it takes.
_TOKEN = 240


def draft(room: Newsroom, where: str, date: str | None = None) -> str:
    """Put an issue into listmonk or Ghost as a draft; one that is there already is brought up to date.

    Parameters
    ----------
    where
        ``listmonk`` or ``ghost``.

    Returns
    -------
    str
        Where to look at it.

    Raises
    ------
    SendError
        ``no-draft-server`` (none in the settings), ``no-secret``, ``published`` (it went out from there),
        ``draft-server`` with what the server said; and as `send`.
    """
    import httpx

    issue, digest = issue_to_send(room, date)
    s = room.settings.sending
    url = (s.listmonk.url if where == "listmonk" else s.ghost.url).rstrip("/")
    if not url:
        raise SendError("no-draft-server", where)
    with httpx.Client(timeout=_SECONDS, follow_redirects=False) as client:
        try:
            place = (_listmonk if where == "listmonk" else _ghost)(client, url, room, digest, issue.date)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise SendError("draft-server", f"{type(error).__name__}: {error}"[:300]) from error
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise SendError("draft-server", f"{url}: {type(error).__name__}: {error}"[:300]) from error
    with room.base.change():
        room.base.run(
            "INSERT OR REPLACE INTO sent VALUES (?,?,?,?,?)",
            (issue.date, f"draft {where}", "sent", articles.now(), place),
        )
    return place


def _answer(response: httpx.Response) -> Any:
    if response.status_code >= 400 or response.is_redirect:
        said = " ".join(response.text.split())[:200]
        raise SendError("draft-server", f"HTTP {response.status_code} {said}".strip())
    return response.json()


def _subject(digest: Digest, room: Newsroom) -> str:
    return subject_of(digest, load_messages(room.settings.lang))


# ── listmonk ───────────────────────────────────────────────────────────────────────────────────────


def _listmonk(client: httpx.Client, url: str, room: Newsroom, digest: Digest, date: str) -> str:
    s = room.settings.sending.listmonk
    client.headers["Authorization"] = (
        f"token {s.user}:{secret_of(room.settings.sending, 'YOYAK_LISTMONK_TOKEN')}"
    )
    texts = load_messages(room.settings.lang)
    own = replace(digest, newsletter=replace(digest.newsletter, unsubscribe=_UNSUBSCRIBE))
    html, text = (DIGEST_WRITERS[name](own, texts, room.templates) for name in ("email", "txt"))
    name = f"{digest.title} {date}"
    campaign: dict[str, Any] = {
        "name": name,
        "subject": _subject(digest, room),
        "lists": list(s.lists),
        "type": "regular",
        "content_type": "html",
        "body": _for_listmonk(html),
        "altbody": _for_listmonk(text),
        "tags": ["yoyak", date],
    }
    if digest.newsletter.sender:
        campaign["from_email"] = digest.newsletter.sender
    if s.template:
        campaign["template_id"] = s.template
    found = _answer(
        client.get(f"{url}/api/campaigns", params={"query": name, "tags": "yoyak", "per_page": 50})
    )
    there = next((one for one in found["data"]["results"] or () if one["name"] == name), None)
    if there is not None and there["status"] != "draft":
        raise SendError("published", name)
    if there is None:
        made = _answer(client.post(f"{url}/api/campaigns", json=campaign))
    else:
        made = _answer(client.put(f"{url}/api/campaigns/{there['id']}", json=campaign))
    return f"{url}/admin/campaigns/{int(made['data']['id'])}"


def _for_listmonk(text: str) -> str:
    """Text as a Go template that shows just it, with the address to unsubscribe."""
    inert = text.replace("{{", '{{ "{{" }}')
    return inert.replace(_UNSUBSCRIBE, "{{ UnsubscribeURL }}")


# ── Ghost ──────────────────────────────────────────────────────────────────────────────────────────


def _ghost(client: httpx.Client, url: str, room: Newsroom, digest: Digest, date: str) -> str:
    client.headers["Authorization"] = f"Ghost {_token(secret_of(room.settings.sending, 'YOYAK_GHOST_KEY'))}"
    client.headers["Accept-Version"] = "v5.0"
    texts = load_messages(room.settings.lang)
    own = replace(digest, newsletter=replace(digest.newsletter, unsubscribe=""))
    page = DIGEST_WRITERS["email"](own, texts, room.templates)
    body = re.search(r"<body[^>]*>(.*)</body>", page, re.DOTALL)
    slug = f"yoyak-{date}"
    post: dict[str, Any] = {
        "title": _subject(digest, room),
        "slug": slug,
        # What Ghost would take apart is left as it is between these marks.
        "html": f"<!--kg-card-begin: html-->{body[1] if body else page}<!--kg-card-end: html-->",
        "status": "draft",
        "tags": [{"name": digest.newsletter.name or digest.title}],
    }
    api = f"{url}/ghost/api/admin/posts/"
    asked = client.get(f"{api}slug/{slug}/")
    query = {"source": "html"}
    if asked.status_code == 404:
        made = _answer(client.post(api, params=query, json={"posts": [post]}))
    else:
        there = _answer(asked)["posts"][0]
        if there["status"] != "draft":
            raise SendError("published", slug)
        post["updated_at"] = there["updated_at"]
        made = _answer(client.put(f"{api}{there['id']}/", params=query, json={"posts": [post]}))
    return f"{url}/ghost/#/editor/post/{made['posts'][0]['id']}"


def _token(key: str) -> str:
    """A JSON Web Token for the Admin API: HS256 by the secret half of the key, for a few minutes."""
    id_, colon, secret = key.strip().partition(":")
    try:
        by = bytes.fromhex(secret)
    except ValueError:
        by = b""
    if not colon or not by:
        raise SendError("no-secret", "YOYAK_GHOST_KEY (id:hex)")
    now = int(time.time())
    parts = ({"alg": "HS256", "typ": "JWT", "kid": id_}, {"iat": now, "exp": now + _TOKEN, "aud": "/admin/"})
    said = ".".join(_packed(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
    return f"{said}.{_packed(hmac.new(by, said.encode(), hashlib.sha256).digest())}"


def _packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
