"""Which kind of visit does the text print?"""

from __future__ import annotations

from typing import NamedTuple, cast

from extractors.records import Kind
from extractors.visits.lexicon import Lexicon


class KindLabel(NamedTuple):
    """A printed label, as "visite de travail", and where it stands."""

    kind: Kind
    start: int
    end: int


def find_kind(text: str, lexicon: Lexicon) -> KindLabel | None:
    """The first label that is printed: where two conflict the codebook takes the first in the body."""
    match = lexicon.kinds.pattern.search(text)
    return KindLabel(cast(Kind, lexicon.kinds.label_of(match)), match.start(), match.end()) if match else None
