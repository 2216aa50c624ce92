"""The records that the reading room makes: frozen, typed, printed values beside the coded ones.

Field names are those of the codebook and of the catalogue's columns. `None` means *not printed*, never `""`.
`to_dict` gives the record form that `chancery read --output` writes, one JSON object a line.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Literal

Basis = Literal["stated", "relative", "inferred", "none"]
Precision = Literal["day", "month", "year", "unknown"]
PublishedBasis = Literal["metadata", "printed", "dateline", "url", "feed"]
Office = Literal[
    "head_of_state", "head_of_government", "foreign_minister", "minister", "deputy_minister", "special_envoy",
    "speaker_of_parliament", "royal", "military", "delegation", "other",
]  # fmt: skip
Kind = Literal[
    "state", "official", "working", "friendship", "private", "transit", "tour_stop", "joint_committee", "summit",
    "unspecified",
]  # fmt: skip
Occasion = Literal["bilateral", "multilateral_event", "ceremony", "exhibition"]
Status = Literal["announced", "under_way", "concluded", "postponed", "cancelled"]
Salience = Literal["main", "secondary", "incidental"]
AgreementStatus = Literal["signed", "planned", "referenced"]
Topic = Literal[
    "security", "terrorism", "organised_crime", "migration", "defence", "trade", "investment", "energy",
    "infrastructure", "transport", "agriculture", "water", "fisheries", "education", "higher_education", "training",
    "justice", "health", "culture", "tourism", "sport", "environment", "digital", "finance", "regional_crisis",
    "peace_process", "consular", "media", "other",
]  # fmt: skip
Outcome = Literal[
    "agreement_signed", "mou_signed", "joint_communique", "invitation_extended", "message_delivered",
    "committee_created",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a feed, sitemap or listing page: an address that may hold an article."""

    url: str
    headline: str | None = None
    summary: str | None = None
    published_on: str | None = None
    """ISO day, as the feed gives it."""
    published_at: str | None = None
    """ISO time with zone, where the feed gives one."""


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """A link that was taken out of the body ("Lire aussi : …")."""

    headline: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """Encoding damage that was mended, and how often."""

    damaged: str
    mended: str
    count: int


@dataclass(frozen=True, slots=True)
class Signal:
    """What one place of the page said about one field: `chancery check` prints these, nothing else needs them."""

    field: str
    source: str
    """Where it stood, as `jsonld:datePublished`, `meta:og:title`, `layout:h1.title`, `rule:printed`."""
    value: str | None
    chosen: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Direct speech; `start` and `end` are characters of the body, quotation marks excluded."""

    text: str
    speaker: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OtherPerson:
    """A holder of a public office who is named and does not travel."""

    name: str
    country: str | None = None
    office: Office | None = None


@dataclass(frozen=True, slots=True)
class VisitDate:
    """A date of a visit: ISO day, month or year, how exact it is, where it came from, and the words."""

    value: str | None = None
    precision: Precision = "unknown"
    basis: Basis = "none"
    text: str | None = None


@dataclass(frozen=True, slots=True)
class PreviousSession:
    """Place and date, as printed, of the session before."""

    place: str | None = None
    date_text: str | None = None


@dataclass(frozen=True, slots=True)
class Committee:
    """The joint commission whose session the visit is for."""

    name: str | None = None
    session_number: str | None = None
    """As printed: "3e", "troisième", "XII"."""
    previous: PreviousSession | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement as printed, and whether it was signed on this visit, is to be, or is only named."""

    text: str
    status: AgreementStatus


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim span: `body[start:end] == text` (or of the headline, where `where` says so)."""

    text: str
    start: int
    end: int
    field: str
    """What the span supports; "visit" for the sentence that shows the visit itself."""
    where: Literal["body", "headline"] = "body"
    rule: str | None = None
    """The rule that read it, for `chancery check`."""


@dataclass(frozen=True, slots=True)
class VisitReport:
    """What one article says of one visit (codebook, section 3)."""

    visitor_country: str | None
    """ISO 3166-1 alpha-3 of the state that the visitor represents."""
    host_country: str | None
    visitor_name: str | None = None
    """Fullest printed form in body or headline."""
    host_name: str | None = None
    visitor_office: Office | None = None
    host_office: Office | None = None
    visitor_title_text: str | None = None
    """The longest printed apposition."""
    kind: Kind = "unspecified"
    occasion: Occasion = "bilateral"
    status: Status = "under_way"
    salience: Salience = "main"
    qualifies: bool = True
    start_on: VisitDate = VisitDate()
    end_on: VisitDate = VisitDate()
    cities: tuple[str, ...] = ()
    committee: Committee | None = None
    delegation: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    message_from: str | None = None
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 0.5
    """0 to 1, calibrated: of the visits given 0.9 nine in ten are right."""


@dataclass(frozen=True, slots=True)
class Article:
    """What a reader reads as the article, and what the page prints about it (codebook, section 1)."""

    headline: str | None = None
    byline: tuple[str, ...] = ()
    """People only, in order, without "par"/"by", agencies or "rédaction"."""
    agency: str | None = None
    dateline_text: str | None = None
    dateline_city: str | None = None
    published_on: str | None = None
    """ISO calendar day in the offset that the page prints."""
    published_at: str | None = None
    modified_at: str | None = None
    published_basis: PublishedBasis | None = None
    language: str | None = None
    """ISO 639-1."""
    lede: str | None = None
    body: str = ""
    """Paragraphs parted by one blank line."""
    related: tuple[RelatedLink, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    is_truncated: bool = False
    canonical_url: str | None = None
    signals: tuple[Signal, ...] = field(default=(), compare=False)
    """Filled only when asked for (`explain=True`)."""


@dataclass(frozen=True, slots=True)
class Coding:
    """What the visit coder says of one article."""

    visits: tuple[VisitReport, ...] = ()
    other_people: tuple[OtherPerson, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    trace: tuple[Signal, ...] = field(default=(), compare=False)
    """Why visits were or were not returned; filled only when asked for."""

    @property
    def is_visit(self) -> bool:
        """True when at least one qualifying visit is main or secondary."""
        return any(v.qualifies and v.salience != "incidental" for v in self.visits)


_RENAMED = {"damaged": "from", "mended": "to", "where": "in"}
_UNWRITTEN = {"signals", "trace", "rule"}


def to_dict(record: Any, *, rules: bool = False) -> Any:
    """A record as plain JSON values, in the codebook's names; explanations are left out, but for the names of rules
    where asked for."""
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        unwritten = _UNWRITTEN - {"rule"} if rules else _UNWRITTEN
        pairs = ((f.name, getattr(record, f.name)) for f in dataclasses.fields(record) if f.name not in unwritten)
        return {_RENAMED.get(k, k): to_dict(v, rules=rules) for k, v in pairs if not (k == "where" and v == "body")}
    if isinstance(record, tuple):
        return [to_dict(v, rules=rules) for v in record]
    return record


def record_form(
    article: Article, coding: Coding, *, id: str | None = None, url: str | None = None, rules: bool = False
) -> dict[str, Any]:
    """The codebook's record of one page: the article, the coding, and the id and url of the manifest; with `rules` each
    piece of evidence keeps the name of the rule that read it."""
    return {
        "id": id,
        "url": url,
        **to_dict(article),
        "is_visit": coding.is_visit,
        "visits": to_dict(coding.visits, rules=rules),
        "other_people": to_dict(coding.other_people),
        "quotations": to_dict(coding.quotations),
    }
