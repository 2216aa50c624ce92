"""Has the visit begun, ended, been put off or called off, as the sentence tells it?"""

from __future__ import annotations

from typing import cast

from extractors.records import Status
from extractors.visits.lexicon import Lexicon


def find_status(sentence: str, lexicon: Lexicon) -> Status | None:
    """The strongest status that a sentence prints (cancelled before postponed before announced …), or None."""
    seen = {lexicon.status.label_of(m) for m in lexicon.status.pattern.finditer(sentence)}
    return next((cast(Status, label) for label in lexicon.status.labels if label in seen), None)
