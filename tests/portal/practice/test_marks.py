"""Practice projects are marked (演练标记): wherever one is shown, and never where the public is."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections import deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client

from hexi.portal.core.refusal import Refusal
from hexi.portal.projects.models import ProjectRecord
from tests.portal.practice.school import MARK, NAME, School

#: where projects stand beside each other
ROOMS = (
    "/projects/",
    "/promotion/",
    "/supervision/",
    "/admission/",
    "/chains/",
    "/tasks/",
    "/invest",
)
START = ("/", "/tasks/", "/events/", *ROOMS)
#: pages that were looked at when this was written; a crawl that finds far fewer lost its way
LEAST, LEAST_MARKED = 100, 20
HREF = re.compile(r'(?:href|data-href|hx-get)="([^"]+)"')
#: other choices of a list that was looked at, and the other language
CHOICE = re.compile(r"\?(?!practice=1$|project=\d+$|$)")
#: a form keeps the bare name to be edited; an event has the mark on its thing, not on the field
EDITED = re.compile(
    r'<input[^>]*name="name"[^>]*>|<textarea.*?</textarea>|<span class="change">.*?</span>', re.S
)


@pytest.fixture
def made_up(school: School) -> ProjectRecord:
    """The practice project with everything on it, beside real ones."""
    row = school.made_up()
    school.burden(row)
    return row


def places(text: str) -> list[str]:
    """Where the name stands without its mark, with what is around it."""
    found = []
    for at in (match.start() for match in re.finditer(NAME, text)):
        if not text[:at].endswith(MARK):
            found.append(" ".join(text[max(0, at - 60) : at + 30].split()))
    return found


def shown(answer: Any) -> str:
    """What a reader sees of an answer: text, cells, paragraphs."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = [packed.read(name).decode() for name in packed.namelist()
                     if name.endswith(".xml")]  # fmt: skip
        # words of one paragraph may lie in several runs
        return re.sub(r"<[^>]+>", "", "\n".join(parts))
    text = data.decode("utf-8-sig", "replace")
    if "html" in answer.headers.get("Content-Type", ""):
        return escaped(html.unescape(EDITED.sub("", text)))
    return text


def escaped(text: str) -> str:
    r"""Characters of scripts' data (``\u3010``) as they are."""
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)


def crawled(client: Client) -> Iterator[tuple[str, str]]:
    """Every page and file that links lead to from the rooms of projects."""
    todo, seen = deque(START), set(START)
    while todo:
        address = todo.popleft()
        answer = client.get(address)
        if answer.status_code != 200:
            continue
        yield address, shown(answer)
        if "html" not in answer.headers.get("Content-Type", ""):
            continue
        for link in HREF.findall(html.unescape(answer.content.decode())):
            link = urljoin(address, link).partition("#")[0]
            if link.startswith(ROOMS) and link not in seen and CHOICE.search(link) is None:
                seen.add(link)
                todo.append(link)


def test_no_page_and_no_file_shows_one_without_its_mark(
    school: School, made_up: ProjectRecord
) -> None:
    bare: dict[str, list[str]] = {}
    looked, marked = 0, 0
    for address, text in crawled(school.client("admin")):
        looked += 1
        marked += MARK + NAME in text
        if found := places(text):
            bare[address] = found[:2]
    assert not bare, f"{len(bare)} of {looked}\n" + json.dumps(bare, ensure_ascii=False, indent=1)
    assert looked >= LEAST and marked >= LEAST_MARKED, (looked, marked)


def objects(said: Any, above: bool = False) -> Iterator[tuple[str, bool]]:
    """Every text of an answer with the name, and whether something around it says ``practice``."""
    if isinstance(said, dict):
        texts = [value for value in said.values() if isinstance(value, str)]
        # an event has the mark on its thing, not on the field
        inside = above or said.get("practice") is True or any(MARK + NAME in t for t in texts)
        for value in said.values():
            yield from objects(value, inside)
    elif isinstance(said, list):
        for value in said:
            yield from objects(value, above)
    elif isinstance(said, str) and NAME in said:
        yield said, above or MARK + NAME in said


def test_the_interface_says_it_beside_each(school: School, made_up: ProjectRecord) -> None:
    client = school.client("admin")
    paths = client.get("/api/openapi.json").json()["paths"]
    lists = [path for path, verbs in paths.items() if "get" in verbs and "{" not in path]
    of_one = [
        path.replace("{project_id}", str(made_up.pk))
        for path, verbs in paths.items()
        if "get" in verbs and path.count("{") == 1 and "{project_id}" in path
    ]
    named = 0
    for path in (*lists, *of_one):
        answer = client.get(path)
        if answer.status_code != 200 or "json" not in answer.headers["Content-Type"]:
            continue
        for text, marked in objects(answer.json()):
            named += 1
            assert marked, (path, text)
    assert named >= 4


def test_the_public_never_meets_one(school: School, made_up: ProjectRecord) -> None:
    # even where somebody set the flag behind the acts' back
    ProjectRecord.objects.filter(pk=made_up.pk).update(published=True)
    client = school.client("")
    looked = 0
    for address, text in crawled(client):
        looked += 1
        assert NAME not in text, address
    assert looked >= 5
    for path in ("/api/projects", "/api/projects.oc4ids", "/api/projects/figures",
                 f"/api/projects/{made_up.pk}", f"/projects/{made_up.pk}/"):  # fmt: skip
        assert NAME not in client.get(path).content.decode(), path


def test_a_marked_name_is_not_taken_in(school: School) -> None:
    for name in (f"{MARK}{NAME}", f"[practice] {NAME}"):
        with pytest.raises(Refusal, match="marked_name"):
            school.registered(by="admin", name=name)
