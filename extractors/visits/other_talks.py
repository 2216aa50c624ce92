"""Which places of a sentence are those of another talk or session, and not of the one that it tells?"""

from __future__ import annotations

import re
from functools import cache

from extractors.visits.lexicon import Hit
from extractors.visits.phrases import listed
from extractors.visits.places import Place
from extractors.visits.scene import Scene

_RELATIVE, _LEADING = 24, 2
"""So far before its verb, and of so many words the first, a relative may stand: "avec lequel il a évoqué"."""
_BEFORE = 24
"""So far before a verb of holding its session stands: "whose last session was held"."""


@cache
def opens_what_was_said(language: str) -> re.Pattern[str]:
    """ "In the meeting … the mission in Banjul was prolonged": before a talk of which it is told what was said."""
    return re.compile(rf"(?:{listed(language, 'talk_openers')})[ '](?:\w+[ ']){{0,2}}")


def is_of_another_session(scene: Scene, cue: Hit, place: Place) -> bool:
    """ "co-chair the commission, whose last session met in Nouakchott": where another session was held."""
    before, start = scene.lexicon.session_before, max(scene.shift, cue.start - _BEFORE)
    return before.search(scene.folded, start, max(cue.end, place.start)) is not None


def is_other_talk(scene: Scene, cue: Hit, other: Hit) -> bool:
    """ "met X, with whom he discussed the opening of an embassy in Quito": what is talked of behind a relative; "met X
    after similar talks in Burkina Faso": another talk, elsewhere."""
    if other.label not in ("meet", "discuss"):
        return False
    before = scene.folded[max(cue.end, other.start - _RELATIVE) : other.start]
    words = before.replace("'", " ").split()
    return not scene.lexicon.relatives.isdisjoint(words[-_LEADING:]) or bool(
        _past(scene.lexicon.language).search(before)
    )


@cache
def _past(language: str) -> re.Pattern[str]:
    """Right before a talk that was told: it was held first."""
    return re.compile(rf"(?<!\w)(?:{listed(language, 'other_talks')})(?: \w+)?[ ']$")
