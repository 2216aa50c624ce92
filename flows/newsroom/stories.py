"""The sample newsroom's copy desk: papers and stories as their data files tell them, with the record to expect.

    Exception
      NewsroomError        a paper or story file can't be used; names file, key and remedy

A story's text is written in blocks parted by a blank line:

    ## words                intertitle
    > words                 quotation set apart
    ! words | credit        picture with caption
    + headline | slug       "Lire aussi" line between paragraphs, leading to another story of the same paper
    words {{headline|slug}} paragraph with "Lire aussi" at its end
    words                   paragraph
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

HERE = Path(__file__).parent
BlockKind = Literal["paragraph", "intertitle", "quote", "caption", "related"]
_MARKS: tuple[tuple[str, BlockKind], ...] = (
    ("## ", "intertitle"), ("> ", "quote"), ("! ", "caption"), ("+ ", "related"),
)  # fmt: skip
_INLINE = re.compile(r"\s*\{\{(?P<headline>[^|}]+)\|(?P<slug>[^}]+)\}\}\s*$")
_Record = TypeVar("_Record")


class NewsroomError(Exception):
    """A paper or story file can't be used."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a story's text; `related` is the headline and slug of the story that it leads to."""

    kind: BlockKind
    text: str
    credit: str | None = None
    related: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class TrueVisit:
    """What a reader should find: the main fields of one visit as the story tells it (codebook, section 3)."""

    event: str
    """Names the visit across stories: reports of the same event belong to one visit."""
    visitor_country: str
    host_country: str
    status: str
    visitor_name: str | None = None
    visitor_office: str | None = None
    host_name: str | None = None
    host_office: str | None = None
    kind: str = "unspecified"
    occasion: str = "bilateral"
    salience: str = "main"
    start_on: str | None = None
    """ISO day or month; None where the text gives none."""


@dataclass(frozen=True, slots=True)
class Story:
    """One invented article: what is printed, and what should be read from it."""

    paper: str
    slug: str
    headline: str
    published_at: datetime
    text: str
    modified_at: datetime | None = None
    byline: tuple[str, ...] = ()
    lede: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    is_truncated: bool = False
    negative: str | None = None
    """Why the codebook counts no visit here; None where it counts one."""
    visits: tuple[TrueVisit, ...] = ()

    @property
    def is_visit(self) -> bool:
        return any(visit.salience != "incidental" for visit in self.visits)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The text in printing order."""
        return tuple(read_block(chunk) for chunk in re.split(r"\n\s*\n", self.text.strip()))

    @property
    def body(self) -> str:
        """What a reader reads as the article: standfirst, intertitles, paragraphs, quotations."""
        printed = [block.text for block in self.blocks if block.kind in ("paragraph", "intertitle", "quote")]
        return "\n\n".join([self.lede, *printed] if self.lede else printed)

    @property
    def related(self) -> tuple[tuple[str, str], ...]:
        """Headline and slug of every "Lire aussi" link in the text."""
        return tuple(block.related for block in self.blocks if block.related)


@dataclass(frozen=True, slots=True)
class Paper:
    """One invented agency, paper, ministry or broadcaster."""

    key: str
    title: str
    country: str
    language: str
    host: str
    template: str
    channel: str
    path: str
    """Address of an article; {slug}, {year}, {month}, {day} and {number} are filled in."""
    charset: str = "utf-8"
    declared_charset: str = "utf-8"
    timezone: str = "UTC"
    motto: str | None = None
    shows_date: bool = True
    sections: tuple[str, ...] = ()


def read_block(chunk: str) -> Block:
    """One block of the copy desk's markup."""
    words = " ".join(chunk.split())
    for mark, kind in _MARKS:
        if words.startswith(mark):
            text, _, rest = (part.strip() for part in words.removeprefix(mark).partition(" | "))
            return Block(kind, text, rest or None, (text, rest) if kind == "related" else None)
    inline = _INLINE.search(words)
    if inline is None:
        return Block("paragraph", words)
    return Block("paragraph", words[: inline.start()], None, (inline["headline"], inline["slug"]))


def load_papers(folder: Path = HERE / "papers") -> dict[str, Paper]:
    """Every paper of the folder by its file stem."""
    files = sorted(folder.glob("*.toml"))
    return {file.stem: _record(Paper, {"key": file.stem, **_toml(file)}, file) for file in files}


def load_stories(folder: Path = HERE / "stories") -> tuple[Story, ...]:
    """Every story of the folder, oldest first."""
    told = [story for file in sorted(folder.glob("*.toml")) for story in _stories(file)]
    return tuple(sorted(told, key=lambda story: (story.published_at, story.paper, story.slug)))


def _stories(file: Path) -> Iterator[Story]:
    for values in _toml(file).get("story", []):
        visits = tuple(_record(TrueVisit, visit, file) for visit in values.pop("visit", []))
        story = _record(Story, {**values, "visits": visits}, file)
        if story.is_visit == bool(story.negative):
            raise NewsroomError(
                f"{file.name}: {story.slug}: has visits or says why not in `negative`; write one of them"
            )
        yield story


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise NewsroomError(f"{file.name}: not readable as TOML ({error}); mend the file") from error


def _record(form: type[_Record], values: Mapping[str, Any], file: Path) -> _Record:
    """The record of these keys, lists as tuples, dates as ISO days; a wrong or missing key is named."""
    allowed = {f.name for f in fields(form)}  # type: ignore[arg-type]
    wrong = sorted(set(values) - allowed)
    if wrong:
        raise NewsroomError(f"{file.name}: unknown key {wrong[0]!r}; allowed are {', '.join(sorted(allowed))}")
    try:
        return form(**{key: _plain(value) for key, value in values.items()})
    except TypeError as error:
        raise NewsroomError(f"{file.name}: {error}; add the key") from error


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value
