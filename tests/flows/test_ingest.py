"""The whole road over the sample newsroom, without Prefect: what is shelved, read and loaded, and what goes wrong."""

import asyncio
import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from archives import ask, contents, sample_settings
from filelock import FileLock

import warehouse
from flows.desk import Order, locks_folder
from flows.errors import RunError
from flows.newsroom import Newsroom, Page, open_site
from flows.run import plan_ingest, run_ingest
from flows.settings import Settings

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def run(settings, *names, **values):
    order = {name: values.pop(name) for name in ("since", "until", "limit") if name in values}
    return asyncio.run(run_ingest(settings, Order(names, **order), **values))


def of(report, name):
    return next(one for one in report.sources if one.source == name)


@pytest.fixture
def room():
    with Newsroom() as newsroom:
        yield newsroom


@pytest.fixture
def settings(room, tmp_path):
    return sample_settings(tmp_path / "archive", room.port)


def test_every_story_is_shelved_read_and_loaded_and_the_next_run_asks_only_what_changed(room, settings):
    first = run(settings, now=lambda: NOON)
    stories = {room.site.url(story) for story in room.site.stories}
    assert first.state == "done" and first.counts["articles_new"] == len(stories)
    assert {url for (url,) in ask(settings.archive, "SELECT listed_url FROM articles")} == stories
    assert ask(settings.archive, "SELECT DISTINCT is_sample FROM articles") == [(True,)]
    assert ask(settings.archive, "SELECT state, count(*) FROM run_sources GROUP BY state") == [("done", 18)]
    assert ask(settings.archive, "SELECT count(*) FROM reports")[0][0] > 20
    with warehouse.Stacks(settings.shelves) as stacks:
        shelved = {capture.url: capture for _, capture in stacks.walk()}
    assert stories <= set(shelved)
    assert all(shelved[room.site.url(story)].body == room.site.page(story).body for story in room.site.stories)

    room.forget_requests()
    again = run(settings, now=lambda: NOON + timedelta(minutes=5))
    assert again.counts["articles_new"] == again.summary["fetched"] == 0 and again.state == "done"
    assert again.summary["listed"] == again.summary["unchanged"] == len(stories)
    assert {
        status for (_, path, status) in room.requests if path not in ("/robots.txt", "/.well-known/tdmrep.json")
    } == {304}
    assert all(one.note == "nothing new: its feeds are as they were" for one in again.sources)

    slug = next(story.slug for story in room.site.stories if story.paper == "sen_corniche")
    address = room.touch(slug, "Le communiqué final a été publié dans la soirée.")
    room.forget_requests()
    later = run(settings, now=lambda: NOON + timedelta(hours=5))
    assert later.counts["articles_new"] == 0 and later.counts["revisions_new"] == 1
    assert (
        of(later, "sen_corniche").fetched == 1
        and of(later, "sen_corniche").unchanged == of(later, "sen_corniche").listed - 1
    )
    assert ask(
        settings.archive,
        f"SELECT count(*) FROM article_revisions JOIN articles USING (article_id) WHERE listed_url = '{address}'",
    ) == [(2,)]


def test_a_host_that_is_ill_costs_its_own_source_and_is_had_later(room, settings):
    room.refuse("la-corniche.example", 500)
    names = ("sen_corniche", "mli_hombori")
    first = run(settings, *names, now=lambda: NOON)
    assert (
        first.state == "failed"
        and of(first, "sen_corniche").state == "failed"
        and of(first, "mli_hombori").state == "done"
    )
    assert "la-corniche.example" in of(first, "sen_corniche").note
    room.refuse("la-corniche.example", None)
    second = run(settings, *names, now=lambda: NOON + timedelta(hours=1))
    assert second.state == "done" and of(second, "sen_corniche").read == of(second, "sen_corniche").listed > 0


def test_since_until_and_limit_take_less_and_hide_nothing_from_the_next_run(room, settings):
    days = sorted(story.published_at.date() for story in room.site.stories if story.paper == "mli_hombori")
    plan = asyncio.run(plan_ingest(settings, Order(("mli_hombori",), since=days[-1])))
    assert 0 < len(plan["mli_hombori"]) < len(days)
    rest = asyncio.run(plan_ingest(settings, Order(("mli_hombori",), until=days[-1] - timedelta(days=1))))
    assert len(rest["mli_hombori"]) + len(plan["mli_hombori"]) == len(days)
    assert not list(settings.shelves.iterdir()), "a dry run shelves nothing"
    assert of(run(settings, "mli_hombori", limit=2), "mli_hombori").read == 2
    assert of(run(settings, "mli_hombori", limit=2), "mli_hombori").read == 2
    assert of(run(settings, "mli_hombori"), "mli_hombori").read == len(days) - 4
    assert ask(settings.archive, "SELECT count(*) FROM articles") == [(len(days),)]
    with warehouse.open_catalogue(settings.catalogue) as catalogue:
        [pages] = [row for row in catalogue.fetches_by_outcome("mli_hombori") if row["kind"] == "page"]
        assert pages["outcome"] == "ok" and pages["count"] == len(days) and pages["robots"] and pages["bytes"] > 0
        assert [row["read"] for row in catalogue.source_runs("mli_hombori")] == [len(days) - 4, 2, 2]


def test_bad_pages_and_feeds_become_rejects_with_a_reason(tmp_path):
    site = open_site()
    stories = [story for story in site.stories if story.paper == "dza_belvedere"]
    paths = {story.slug: site.url(story).removeprefix("http://belvedere-alger.example") for story in stories}
    host, at = "belvedere-alger.example", stories[0].published_at
    pages = dict(site.pages)
    pages[host, paths[stories[0].slug]] = Page("text/html", b"", at)
    pages[host, paths[stories[1].slug]] = Page("text/html", b"<p>" * 2_000_000, at)
    del pages[host, paths[stories[2].slug]]
    pages["la-corniche.example", "/feed/"] = Page("text/html", b"<html><body><h1>Bienvenue</h1></body></html>", at)
    with Newsroom(site=dataclasses.replace(site, pages=pages)) as room:
        settings = sample_settings(tmp_path / "archive", room.port)
        report = run(settings, "dza_belvedere", "sen_corniche")
    assert of(report, "sen_corniche").state == "failed" and "found an HTML page" in of(report, "sen_corniche").note
    assert of(report, "dza_belvedere").state == "done" and of(report, "dza_belvedere").read == len(stories) - 3
    rejects = ask(
        settings.archive, "SELECT level, stage, reason, shelf_file IS NOT NULL FROM rejects WHERE level <> 'field'"
    )
    kinds = {(level, stage): is_shelved for level, stage, _, is_shelved in rejects}
    assert kinds == {("page", "fetch"): False, ("page", "read"): True, ("feed", "discover"): True}
    reasons = " ".join(reason for _, _, reason, _ in rejects)
    assert "404" in reasons and "more than 5,000,000 bytes" in reasons and "listings" in reasons and len(rejects) == 4


def test_a_run_needs_a_contact_to_leave_the_machine_and_takes_verified_sources_only(tmp_path, settings):
    (tmp_path / "own").mkdir()
    form = 'title = "Le Témoin"\ncountry = "MLI"\nlanguage = "fr"\nkind = "newspaper"\nhome = "https://le-temoin.example/"\nverified = {}\n'
    (tmp_path / "own/mli_temoin.toml").write_text(
        form.format("true") + '[discover]\nfeeds = ["https://le-temoin.example/f"]\n', encoding="utf-8"
    )
    (tmp_path / "own/mli_autre.toml").write_text(form.format("false"), encoding="utf-8")
    real = Settings(archive=tmp_path / "real", sources=(tmp_path / "own",), packaged_sources=False)
    with pytest.raises(RunError, match="contact"):
        run(real)
    with pytest.raises(RunError, match="not verified"):
        run(real, "mli_autre")
    with pytest.raises(RunError, match="no source of this name"):
        run(real, "mli_none")
    run(settings, "mli_hombori", limit=1)
    mixed = dataclasses.replace(real, archive=settings.archive, contact="mailto:desk@le-temoin.example")
    with pytest.raises(warehouse.MixedArchiveError):
        run(mixed)


def test_a_second_run_of_a_source_waits_and_says_so(settings):
    run(settings, "mli_hombori", limit=1)
    lock, told = FileLock(locks_folder(settings) / "mli_hombori.lock"), []

    async def both():
        lock.acquire()
        task = asyncio.create_task(run_ingest(settings, Order(("mli_hombori",)), tell=told.append))
        while not any("waiting" in line for line in told):
            await asyncio.sleep(0.05)
        assert not task.done()
        lock.release()
        return await task

    assert asyncio.run(both()).state == "done"
    impatient = dataclasses.replace(settings, limits=dataclasses.replace(settings.limits, lock_wait_seconds=0))
    with lock:
        report = run(impatient, "mli_hombori", "sen_corniche", limit=1)
    assert of(report, "mli_hombori").state == "failed" and "another run" in of(report, "mli_hombori").note
    assert of(report, "sen_corniche").state == "done"


def test_two_runs_at_once_share_the_catalogue(settings):
    async def both():
        return await asyncio.gather(*(run_ingest(settings, Order(("mli_hombori", "ner_azawak"))) for _ in range(2)))

    one, other = asyncio.run(both())
    assert one.state == other.state == "done"
    assert (
        one.counts["articles_new"] + other.counts["articles_new"]
        == ask(settings.archive, "SELECT count(*) FROM articles")[0][0]
    )


def test_what_was_shelved_and_not_loaded_is_picked_up_with_what_its_feed_said(room, settings, tmp_path):
    names = ("mrt_oualata", "tcd_diplomatie")
    whole = dataclasses.replace(settings, archive=tmp_path / "whole")
    run(whole, *names, now=lambda: NOON)

    def full(self, batch):
        if "readings" in batch:
            raise warehouse.ArchiveFullError("catalogue: no room left on the disk")
        return load(self, batch)

    load = warehouse.Catalogue.load
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(warehouse.Catalogue, "load", full)
        with pytest.raises(warehouse.ArchiveFullError):
            run(settings, *names, now=lambda: NOON)
    assert ask(settings.archive, "SELECT state FROM runs") == [("failed",)]
    assert ask(settings.archive, "SELECT count(*) FROM articles") == [(0,)]
    with warehouse.Stacks(settings.shelves) as stacks:
        kept = [capture for _, capture in stacks.walk()]
    shelved = {capture.url for capture in kept if capture.kind == "page"}
    assert any(capture.kind == "robots" for capture in kept)
    room.forget_requests()
    mended = run(settings, *names, now=lambda: NOON + timedelta(minutes=40))
    given = {f"http://{host}{path}" for (host, path, status) in room.requests if status == 200}
    # the run that was broken off may have ended before it asked for its last page; what it shelved is not asked for again
    assert mended.recovered >= len(shelved) > 5 and not shelved & given
    assert contents(settings.archive) == contents(whole.archive)
