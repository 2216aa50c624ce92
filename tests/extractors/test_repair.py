"""Damage is mended and listed; sound text is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.records import Repair
from extractors.repair import repair


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("tout mettre en £uvre", "tout mettre en œuvre"),
        ("la main-d'½uvre et le c½ur", "la main-d'œuvre et le cœur"),
        ("ses s£urs", "ses sœurs"),
        ("man£uvres conjointes", "manœuvres conjointes"),
        ("Le prÃ©sident", "Le président"),
        ("lâ€™accord", "l’accord"),
        ("l\x92accord \x96 signé", "l’accord – signé"),
        ("l&#8217;accord &eacute;crit", "l’accord écrit"),
    ],
)
def test_certain_damage_is_mended(damaged, mended):
    text, repairs = repair(damaged)
    assert text == mended
    assert repairs and all(r.count >= 1 and r.damaged != r.mended for r in repairs)


def test_repairs_are_listed_by_word_and_counted():
    assert repair("mise en £uvre, puis £uvre")[1] == (Repair("£uvre", "œuvre", 2),)


@pytest.mark.parametrize(
    "sound",
    ["un prêt de £20 millions", "½ litre", "£ 3 000", "1½ heure", "À l’œuvre", "Château d’Â", "AT&amp;T &lt;b&gt;",
     "قال الوزير", "ÂGE D’OR", "São Paulo, Ñandú", "£100uvre"],
)  # fmt: skip
def test_sound_text_is_left_alone(sound):
    assert repair(sound) == (sound, ())


@given(st.text(max_size=300))
def test_any_text_is_mended_once_and_for_all_listed_damage(text):
    mended, repairs = repair(text)
    assert isinstance(mended, str)
    assert all(isinstance(r.count, int) and r.count > 0 for r in repairs)
