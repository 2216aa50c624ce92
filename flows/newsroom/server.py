"""The sample newsroom's doorman: answers for every invented host on one loopback port."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, cast

from flows.newsroom.site import Page, Site, open_site
from flows.newsroom.stories import HERE

MOST_CONNECTIONS = 256
IDLE_SECONDS = 15


class Newsroom:
    """A running newsroom: `with Newsroom() as room:` serves until the block ends.

    `overrides` leads each invented host to the loopback port; `sources_folder` holds the source files to ingest.
    """

    sources_folder: Path = HERE / "sources"

    def __init__(self, port: int = 0, site: Site | None = None) -> None:
        self.site = site or open_site()
        self._lock = threading.Lock()
        self._asked: Counter[tuple[str, str, int]] = Counter()
        self._refusals: dict[str, int] = {}
        self._server = _Server(("127.0.0.1", port), self)
        self._thread = threading.Thread(target=self._server.serve_forever, name="newsroom", daemon=True)

    def __enter__(self) -> Newsroom:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=10)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def overrides(self) -> dict[str, tuple[str, int]]:
        """Where each invented host is found."""
        return dict.fromkeys(self.site.hosts, ("127.0.0.1", self.port))

    @property
    def requests(self) -> Counter[tuple[str, str, int]]:
        """How often each (host, path, status) was answered."""
        with self._lock:
            return Counter(self._asked)

    def forget_requests(self) -> None:
        with self._lock:
            self._asked.clear()

    def touch(self, slug: str, paragraph: str) -> str:
        """Adds a paragraph to one story, as a desk does after printing; returns the page's address."""
        with self._lock:
            self.site = self.site.revised(slug, paragraph)
            return self.site.url(self.site.story(slug))

    def refuse(self, host: str, status: int | None) -> None:
        """From now on the host answers everything with this status; None makes it well again."""
        with self._lock:
            if status is None:
                self._refusals.pop(host, None)
            else:
                self._refusals[host] = status

    def answer(self, host: str, path: str, asked: Mapping[str, str]) -> tuple[int, Page | None]:
        """Status and page for one request, counted."""
        with self._lock:
            page = self.site.pages.get((host, path))
            status = self._refusals.get(host) or _status(page, asked)
            self._asked[host, path, status] += 1
        return status, page


def _status(page: Page | None, asked: Mapping[str, str]) -> int:
    if page is None:
        return 404
    return 304 if is_unchanged(page, asked) else 200


def is_unchanged(page: Page, asked: Mapping[str, str]) -> bool:
    """Whether the asker's validators still hold; an ETag decides before a date (RFC 9110, 13.2.2)."""
    tags = asked.get("If-None-Match")
    if tags is not None:
        return "*" in tags or page.etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
    try:
        since = parsedate_to_datetime(asked.get("If-Modified-Since", ""))
    except ValueError:
        return False
    return page.modified_at <= (since if since.tzinfo else since.replace(tzinfo=UTC))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self._places = threading.BoundedSemaphore(MOST_CONNECTIONS)
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader who hangs up, or is killed, is no fault of ours; anything else is printed as always."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._places.acquire()
        try:
            super().process_request(request, client_address)
        except BaseException:
            self._places.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Newsroom/1"
    sys_version = ""
    timeout = IDLE_SECONDS

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        newsroom = cast(_Server, self.server).newsroom
        host = (self.headers.get("Host") or "").partition(":")[0].lower()
        asked = {name: self.headers[name] for name in ("If-None-Match", "If-Modified-Since") if self.headers[name]}
        status, page = newsroom.answer(host, self.path, asked)
        body = page.body if page and status == 200 else b"" if status == 304 else f"{status}\n".encode()
        self.send_response(status)
        if page and status in (200, 304):
            self.send_header("ETag", page.etag)
            self.send_header("Last-Modified", format_datetime(_whole_second(page.modified_at), usegmt=True))
        if status != 304:
            self.send_header("Content-Type", page.content_type if page and status == 200 else "text/plain")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body and body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are counted, not printed: the terminal belongs to the run."""


def _whole_second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
