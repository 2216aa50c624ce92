"""The README says what the SQL says, and the tables have a column for every field of the codebook."""

import pytest
from invented import record, table, visit

from warehouse.dictionary import BEGIN, README, document, main
from warehouse.query import examples

ARTICLE = {
    "id": None,  # of a manifest; the archive has article_id
    "url": "articles.url",
    "headline": "article_revisions.headline",
    "byline": "article_revisions.byline",
    "agency": "article_revisions.agency",
    "dateline_text": "article_revisions.dateline_text",
    "dateline_city": "article_revisions.dateline_city",
    "published_on": "article_revisions.published_on",
    "published_at": "article_revisions.published_at",
    "modified_at": "article_revisions.modified_at",
    "published_basis": "article_revisions.published_basis",
    "language": "article_revisions.language",
    "lede": "article_revisions.lede",
    "body": "article_revisions.body",
    "related": "related_links.headline related_links.url",
    "section": "article_revisions.section",
    "tags": "article_revisions.tags",
    "captions": "article_revisions.captions",
    "repairs": "article_revisions.repairs",
    "is_truncated": "article_revisions.is_truncated",
    "canonical_url": "articles.url",
    "other_people": "report_participants.name report_participants.country report_participants.office",
    "quotations": "quotations.text quotations.speaker quotations.span_start quotations.span_end",
    "is_visit": "article_revisions.is_visit",
    "visits": "reports.report_id",
    "error": "rejects.reason",
}
VISIT = {
    **{
        name: f"reports.{name}"
        for name in (
            "visitor_country", "host_country", "visitor_name", "host_name", "visitor_office", "host_office", "visitor_title_text", "kind",
            "occasion", "status", "salience", "qualifies", "message_from", "confidence",
        )
    },
    **{name: " ".join(f"reports.{name}{part}" for part in ("", "_value", "_precision", "_basis", "_text")) for name in ("start_on", "end_on")},
    "cities": "report_cities.city",
    "committee": "reports.committee_name reports.committee_session_number reports.committee_previous_place reports.committee_previous_date_text",
    "delegation": "report_participants.name report_participants.role",
    "topics": "report_topics.topic",
    "agreements": "report_agreements.text report_agreements.status",
    "outcomes": "report_outcomes.outcome",
    "evidence": "evidence.text evidence.span_start evidence.span_end evidence.field evidence.place evidence.rule",
}  # fmt: skip


@pytest.mark.parametrize("fields", [ARTICLE, VISIT], ids=["article", "visit"])
def test_every_field_of_the_codebook_has_its_columns(catalogue, fields):
    held = {
        f"{row['table_name']}.{row['column_name']}"
        for row in table(catalogue, "duckdb_columns()", "table_name, column_name")
    }
    missing = {
        field: column for field, columns in fields.items() for column in (columns or "").split() if column not in held
    }
    assert missing == {}


def test_the_lists_above_are_those_of_the_record_form():
    assert set(record(visit())) | {"error"} == set(ARTICLE)
    assert set(visit()) == set(VISIT)


def test_the_readme_says_what_the_sql_says():
    assert main(["--check"]) == 0, "run python -m warehouse.dictionary"


def test_the_document_lists_tables_and_questions():
    text = document()
    assert text.startswith(BEGIN) and text in README.read_text(encoding="utf-8")
    for word in ("### visits", "### coverage (view)", "| visitor_country | VARCHAR |", "### article_revisions"):
        assert word in text
    assert all(example.question in text for example in examples())
