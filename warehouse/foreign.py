"""WARC files that others wrote: their pages as captures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from warehouse.errors import DamagedShelfError, StacksError, from_os
from warehouse.shelf import ShelvedCapture, digest_of, read_date

PAGE_TYPES = ("text/html", "application/xhtml+xml")
_PACKED = {"content-encoding", "transfer-encoding", "content-length"}
"""Headers that are no longer true of an unpacked body."""


def read_warc(path: Path, *, max_bytes: int = 5_000_000) -> Iterator[ShelvedCapture]:
    """Every page (HTML that came with status 200) of a WARC file, packed or not, in its order.

    Bodies are unpacked; a page of more than `max_bytes` is passed over, as are other kinds of records. Raises
    StacksError where the file can't be opened or is no WARC file.
    """
    try:
        # given as a stream, packed or not is told by the first bytes; given as a path, by the name
        with path.open("rb") as stream:
            for record in ArchiveIterator(
                stream, record_types=WarcRecordType.response, parse_http=True, auto_decode="all"
            ):
                if record.http_headers is None or record.http_headers.status_code != 200:
                    continue
                if (record.http_content_type or "").lower() not in PAGE_TYPES:
                    continue
                body = record.reader.read(max_bytes + 1)
                if len(body) <= max_bytes and (record.headers.get("WARC-Chancery-Kind") or "page") == "page":
                    yield _capture(record, body)
    except OSError as error:
        if error.errno is not None:
            raise from_os(error, path, "reading a foreign WARC file", StacksError) from error
        raise StacksError(f"{path}: looked for a WARC file, found none that can be read ({error})") from error
    except (ValueError, KeyError, DamagedShelfError) as error:
        raise StacksError(f"{path}: looked for a WARC file, found none that can be read ({error})") from error


def _capture(record: object, body: bytes) -> ShelvedCapture:
    headers = record.headers  # type: ignore[attr-defined]
    http = record.http_headers  # type: ignore[attr-defined]
    final_url = headers["WARC-Target-URI"].strip("<>")
    return ShelvedCapture(
        url=headers.get("WARC-Chancery-Asked-URI") or final_url,
        final_url=final_url,
        status=http.status_code,
        headers=tuple((str(name), str(value)) for name, value in http.items() if str(name).lower() not in _PACKED),
        body=body,
        captured_at=read_date(headers["WARC-Date"]),
        charset=record.http_charset,  # type: ignore[attr-defined]
        source=headers.get("WARC-Chancery-Source"),
        kind="page",
        digest=digest_of(body),
    )
