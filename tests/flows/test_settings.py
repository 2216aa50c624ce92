"""Settings: the file, the environment that wins, and refusals that name the key and what is allowed."""

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.errors import SettingsError
from flows.settings import Limits, Settings, load_settings


def written(tmp_path, text):
    path = tmp_path / "chancery.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_has_a_default(tmp_path):
    settings = load_settings(environment={}, folder=tmp_path)
    assert settings == Settings()
    assert settings.catalogue == Path("chancery-archive/catalogue.duckdb")
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.archive = Path("elsewhere")


def test_the_file_is_read_and_the_environment_wins(tmp_path):
    written(
        tmp_path,
        'archive = "a"\nsources = ["mine"]\ncontact = "mailto:desk@paper.example"\n[limits]\njobs = 3\nretries = 1\n[publish]\nfull_text = true\n',
    )
    settings = load_settings(environment={"CHANCERY_LIMITS_JOBS": "5", "HOME": "/"}, folder=tmp_path)
    assert settings.archive == tmp_path / "a" and settings.sources == (tmp_path / "mine",)
    assert (settings.limits.jobs, settings.limits.retries, settings.publish.full_text) == (5, 1, True)
    assert settings.agent == "Chancery/0.1 (+mailto:desk@paper.example)"


def test_a_config_elsewhere_is_found_by_argument_and_by_environment(tmp_path):
    path = written(tmp_path, 'archive = "there"\n')
    assert load_settings(path, environment={}).archive == tmp_path / "there"
    assert load_settings(environment={"CHANCERY_CONFIG": str(path)}).archive == tmp_path / "there"


def test_every_setting_can_stand_in_the_environment():
    environment = {
        "CHANCERY_ARCHIVE": "x", "CHANCERY_SOURCES": "a:b", "CHANCERY_PACKAGED_SOURCES": "no", "CHANCERY_USER_AGENT": "Desk/1",
        "CHANCERY_CONTACT": "https://desk.example", "CHANCERY_PUBLISH_FULL_TEXT": "true", "CHANCERY_LIMITS_PAGE_BYTES": "2_000_000",
    }  # fmt: skip
    settings = load_settings(environment=environment)
    assert settings.sources == (Path("a"), Path("b")) and not settings.packaged_sources and settings.publish.full_text
    assert settings.limits == Limits(page_bytes=2_000_000)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('colour = "red"', ["colour", "archive", "limits.jobs"]),
        ("[limits]\nspeed = 1", ["limits.speed", "limits.page_bytes"]),
        ("[limits]\njobs = 0", ["limits.jobs", "0", "1 to 256"]),
        ("[limits]\njobs = 1.5", ["limits.jobs", "whole number"]),
        ("[limits]\njobs = true", ["limits.jobs", "a number"]),
        ("[limits]\ndelay_seconds = nan", ["limits.delay_seconds"]),
        ("[limits]\nrequest_seconds = inf", ["limits.request_seconds"]),
        ("limits = 3", ["limits", "no such setting"]),
        ('[publish]\nfull_text = "yes"', ["publish.full_text", "true or false"]),
        ("archive = 3", ["archive", "a path"]),
        ('sources = "one"', ["sources", "list of paths"]),
        ('user_agent = "a\\r\\nX: y"', ["user_agent", "sent to every site"]),
        ("contact = 5", ["contact", "a text"]),
        ("archive =", ["chancery.toml", "no readable TOML"]),
    ],
)
def test_a_wrong_file_is_refused_with_name_and_remedy(tmp_path, text, named):
    with pytest.raises(SettingsError) as refused:
        load_settings(written(tmp_path, text), environment={})
    assert all(word in str(refused.value) for word in named), refused.value


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("CHANCERY_COLOUR", "red", "CHANCERY_LIMITS_JOBS"),
        ("CHANCERY_LIMITS_JOBS", "many", "write a number"),
        ("CHANCERY_PUBLISH_FULL_TEXT", "perhaps", "true or false"),
        ("CHANCERY_ARCHIVE", " ", "write a path"),
    ],
)
def test_a_wrong_environment_is_refused_with_name_and_remedy(name, value, word):
    with pytest.raises(SettingsError) as refused:
        load_settings(environment={name: value})
    assert name in str(refused.value) and word in str(refused.value)


def test_a_missing_file_that_was_asked_for_is_an_error(tmp_path):
    with pytest.raises(SettingsError, match=r"none\.toml"):
        load_settings(tmp_path / "none.toml", environment={})


@given(st.sampled_from(["jobs", "delay_seconds", "page_bytes"]), st.text(max_size=12))
def test_any_text_is_either_a_number_in_range_or_refused(name, text):
    try:
        limits = load_settings(environment={f"CHANCERY_LIMITS_{name.upper()}": text}).limits
    except SettingsError as refused:
        assert name.upper() in str(refused)
    else:
        assert 0 <= getattr(limits, name) <= 100_000_000


def test_settings_load_without_the_heavy_rooms():
    asked = (
        "import sys, flows.settings; print(sorted({'prefect','httpx','duckdb','bs4','pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
