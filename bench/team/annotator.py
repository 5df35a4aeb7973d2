"""One simulated annotator: signs in as a person does, and works as the editor in a browser would."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from bench.corpus import LABELS

# Seconds between two edits of one person, drawn evenly, and edits an article.
THINKING = (1.5, 3.5)
EDITS = (5, 12)
REPORT_SECONDS = 30.0


@dataclass
class Record:
    """What all annotators saw: milliseconds by kind of request, failures in words, the spans of acknowledged
    edits by article and person, and who was given which article."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: list[str] = field(default_factory=list)
    kept: dict[str, tuple[int, str]] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    edits: set[str] = field(default_factory=set)
    given: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    submitted: int = 0


class Failed(Exception):
    """A request that was not answered as it should be."""


class Annotator:
    def __init__(self, address: str, name: str, password: str, record: Record, seed: int) -> None:
        self.client = httpx.AsyncClient(base_url=address, timeout=30, follow_redirects=True)
        self.name, self.password, self.record = name, password, record
        self.chance = random.Random(seed)  # noqa: S311 - a simulation, not a secret

    async def sign_in(self) -> None:
        page = await self.client.get("/accounts/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token, page.text[:500]
        form = {"login": self.name, "password": self.password, "csrfmiddlewaretoken": token[1]}
        answer = await self.client.post("/accounts/login/", data=form, headers=self._from())
        assert "sessionid" in self.client.cookies, answer.text[:500]

    async def work(self, slug: str, until: float) -> None:
        """Article after article until the time is over. The first begins at a moment of one's own."""
        await asyncio.sleep(self.chance.uniform(0, THINKING[1]))
        try:
            article = await self._next(slug)
            while article and time.monotonic() < until:
                article = await self._annotate(slug, article, until)
        except (Failed, httpx.HTTPError) as error:
            self.record.failures.append(f"{self.name}: {error!r}")
        finally:
            await self.client.aclose()

    async def next_at_once(self, slug: str) -> None:
        """The first article, asked for when everybody does."""
        await self._next(slug, kind="next, all at once")

    async def _annotate(self, slug: str, article: int, until: float) -> int | None:
        """Answers the following article, which is fetched ahead after the first edit as the editor does."""
        opened = await self._call("open", "GET", f"articles/{article}/editor/")
        spots = self._spots(opened["article"]["text"])
        following: int | None = None
        sitting, began = str(uuid4()), time.monotonic()
        mine: list[str] = []
        for number in range(min(len(spots), self.chance.randint(*EDITS))):
            await asyncio.sleep(self.chance.uniform(*THINKING))
            await self._edit(article, mine, spots[number])
            if number == 0:
                following = await self._next(slug, after=article)
            if time.monotonic() - began > REPORT_SECONDS:
                await self._call("time", "POST", f"articles/{article}/time/", _sitting(sitting, began))
            if time.monotonic() > until:
                return None
        await self._call("submit", "POST", f"articles/{article}/submit/")
        self.record.submitted += 1
        return following

    async def _next(self, slug: str, after: int | None = None, kind: str = "next") -> int | None:
        body = {"after": after} if after else {}
        answer = await self._call(kind, "POST", f"projects/{slug}/next/", body)
        if answer is None:
            return None
        self.record.given[answer["id"]].add(self.name)
        return int(answer["id"])

    async def _edit(self, article: int, mine: list[str], spot: tuple[int, int]) -> None:
        """One edit in five takes a span away again."""
        edit, span = str(uuid4()), str(uuid4())
        if mine and self.chance.random() < 0.2:
            gone = mine.pop()
            body: dict[str, Any] = {"id": edit, "op": "remove_span", "span": {"id": gone}}
        else:
            gone = ""
            label = self.chance.choice(LABELS)
            place = {"id": span, "start": spot[0], "end": spot[1], "label": label}
            body = {"id": edit, "op": "add_span", "span": place}
        answer = await self._call("edit", "POST", f"articles/{article}/layers/me/edits/", {"edits": [body]})
        if answer["results"][0]["status"] != "applied":
            raise Failed(str(answer))
        self.record.edits.add(edit)
        if gone:
            self.record.removed.add(gone)
        else:
            mine.append(span)
            self.record.kept[span] = (article, self.name)

    def _spots(self, text: str) -> list[tuple[int, int]]:
        words = [(found.start(), found.end()) for found in re.finditer(r"\w+", text)]
        return self.chance.sample(words, min(len(words), EDITS[1]))

    async def _call(self, kind: str, method: str, path: str, body: Any = None) -> Any:
        began = time.perf_counter()
        headers = {**self._from(), "X-CSRFToken": self.client.cookies["csrftoken"]}
        answer = await self.client.request(method, f"/api/v1/{path}", json=body, headers=headers)
        self.record.times[kind].append(1000 * (time.perf_counter() - began))
        if answer.status_code >= 400:
            raise Failed(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        return answer.json() if answer.content else None

    def _from(self) -> dict[str, str]:
        return {"Referer": str(self.client.base_url)}


def _sitting(sitting: str, began: float) -> dict[str, Any]:
    return {"sitting": sitting, "seconds": int(time.monotonic() - began)}
