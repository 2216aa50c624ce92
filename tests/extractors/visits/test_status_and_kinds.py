"""Status and kind, in invented sentences."""

import pytest

from extractors.visits.kinds import find_kind
from extractors.visits.lexicon import load_lexicon
from extractors.visits.status import find_status

FRENCH = load_lexicon("fr")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Le ministre effectuera lundi une visite", "announced"),
        ("Il est arrivé à Niamey", "under_way"),
        ("Il a quitté Niamey au terme de sa visite", "concluded"),
        ("La visite du ministre a été reportée", "postponed"),
        ("La visite du ministre a été annulée", "cancelled"),
        ("Il fait beau", None),
    ],
)
def test_status(text: str, status: str | None) -> None:
    assert FRENCH is not None
    assert find_status(text, FRENCH) == status


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("une visite d’État", "state"),
        ("une visite officielle et d'amitié", "official"),
        ("une visite de travail et d’amitié", "friendship"),
        ("une visite de travail", "working"),
        ("une visite", None),
    ],
)
def test_kind(text: str, kind: str | None) -> None:
    assert FRENCH is not None
    label = find_kind(text, FRENCH)
    assert (label.kind if label else None) == kind
