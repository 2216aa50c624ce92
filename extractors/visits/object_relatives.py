"""Whom does a relative clause take up as its object, and who acts in it?

"le Premier ministre arménien, X, qu'il a reçu à l'Elysée", "the minister, whom the president received".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors.visits.lexicon import Hit
from extractors.visits.mentions import Mention
from extractors.visits.phrases import listed
from extractors.visits.scene import Scene

_FARTHEST = 90
"""Characters between whoever is taken up and the verb: a subject with its title and name may stand there."""


def taken_up_as_object(scene: Scene, people: Sequence[Mention], cue: Hit) -> tuple[Mention, Mention | None] | None:
    """Who stands before a relative of the verb's object, and whoever stands between it and the verb as its subject."""
    before = [m for m in people if m.end <= cue.start and cue.start - m.end <= _FARTHEST]
    for place, mention in reversed(list(enumerate(before))):
        if _relative(scene.lexicon.language).match(scene.folded, mention.end, cue.start):
            return mention, next(iter(before[place + 1 :]), None)
    return None


@cache
def _relative(language: str) -> re.Pattern[str]:
    return re.compile(rf",? (?:{listed(language, 'object_relatives')})(?!\w)[^,.;:]*\Z")
