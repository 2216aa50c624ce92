"""What an export says of itself: a Frictionless data package, a citation, and how to read it in Python and R."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

Resource = tuple[Path, Sequence[Mapping[str, Any]], str, int]
"""Path within the folder, columns by the dictionary, sha256, bytes."""

_TYPES = {
    "VARCHAR": "string", "INTEGER": "integer", "BIGINT": "integer", "UBIGINT": "integer", "HUGEINT": "integer",
    "DOUBLE": "number", "BOOLEAN": "boolean", "DATE": "date", "TIMESTAMP WITH TIME ZONE": "datetime",
}  # fmt: skip
_MEDIA = {
    ".csv": "text/csv", ".jsonl": "application/jsonl", ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
_KEYS = {
    "visits": ["visit_id"], "reports": ["report_id"], "articles": ["article_id"], "sources": ["source"],
    "visit_reports": ["report_id"], "visit_redirects": ["old_id"], "visit_status": ["visit_id", "number"],
    "states": ["iso3", "valid_from"], "coded_visits": ["visit_id"], "colt": ["trip_id"], "plover_events": ["event_id"],
    "tours": ["tour_id"], "visit_answers": ["visit_id"], "about": ["key"],
}  # fmt: skip
_LICENCE = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}


def package(about: Mapping[str, str], resources: Iterable[Resource]) -> dict[str, Any]:
    """The datapackage.json of an export. Only CSV files are tables to Frictionless; the others are named as files."""
    return {
        "profile": "data-package",
        "name": "chancery-visits",
        "id": f"{about['archive_id']}-{about['content_version']}",
        "title": about["title"],
        "version": f"{about['schema_version']}.{about['content_version']}",
        "created": about["made_at"],
        "description": about["text_rule"],
        "licenses": [{**_LICENCE, "title": about["license"]}],
        "resources": [_resource(*resource) for resource in resources],
    }  # fmt: skip


def _resource(path: Path, columns: Sequence[Mapping[str, Any]], digest: str, size: int) -> dict[str, Any]:
    is_table = path.suffix == ".csv"
    described = {
        "name": f"{path.stem.replace('_', '-')}-{path.suffix[1:]}",
        "type": "table" if is_table else "file",
        "path": path.as_posix(),
        "format": path.suffix[1:],
        "mediatype": _MEDIA[path.suffix],
        "bytes": size,
        "hash": f"sha256:{digest}",
    }
    if not is_table:
        return described
    schema: dict[str, Any] = {"fields": [_field(column) for column in columns], "missingValues": [""]}
    if path.stem in _KEYS:
        schema["primaryKey"] = _KEYS[path.stem]
    return {**described, "profile": "tabular-data-resource", "encoding": "utf-8", "schema": schema}


def _field(column: Mapping[str, Any]) -> dict[str, Any]:
    kind = column["data_type"]
    field = {
        "name": column["column_name"],
        "type": "array" if kind.endswith("[]") else _TYPES.get(kind, "string"),
        "description": column["meaning"] or "",
    }
    if column["vocabulary"] and not kind.endswith("[]"):
        field["constraints"] = {"enum": list(column["vocabulary"])}
    return field


def citation(about: Mapping[str, str]) -> str:
    """The CITATION.cff of an export (Citation File Format 1.2.0)."""
    told = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": about["title"],
        "version": f"{about['schema_version']}.{about['content_version']}",
        "date-released": about["made_at"][:10],
        "license": "CC-BY-4.0",
    }
    # texts as JSON: a YAML string with the same quotes
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in told.items()]
    return "".join([*lines, 'authors:\n  - name: "Chancery contributors"\n'])


def readme(about: Mapping[str, str], rows: Mapping[str, int], formats: Sequence[str]) -> str:
    """What stands in the folder, and how to read it."""
    sample = "**Everything in it is invented: the sample newsroom.**\n\n" if about["is_sample"] == "True" else ""
    readers = {
        "parquet": (
            '```python\nimport pandas as pd\nvisits = pd.read_parquet("parquet/visits.parquet")\n```\n'
            '```r\nvisits <- arrow::read_parquet("parquet/visits.parquet")\n```\n'
        ),
        "csv": (
            '```python\nimport pandas as pd\nvisits = pd.read_csv("csv/visits.csv", dtype=str, keep_default_na=False)'
            "\n```\n"
            '```r\nvisits <- read.csv("csv/visits.csv", colClasses = "character", na.strings = "")\n```\n'
            "\nCodes are text: `NA` is Namibia. Lists are JSON. A text that a spreadsheet could run has an apostrophe "
            "before it.\n"
        ),
        "jsonl": '```python\nimport pandas as pd\nvisits = pd.read_json("jsonl/visits.jsonl", lines=True)\n```\n',
        "excel": (
            "`excel/chancery.xlsx`: a sheet each table, the first says what they mean.\n"
            '```python\nimport pandas as pd\nvisits = pd.read_excel("excel/chancery.xlsx", "visits", '
            "keep_default_na=False)\n```\n"
            '```r\nvisits <- readxl::read_excel("excel/chancery.xlsx", "visits")\n```\n'
        ),
    }
    lines = "".join(f"| {table} | {count} |\n" for table, count in rows.items())
    return (
        f"# {about['title']}\n\n{sample}{about['citation']}\n\n{about['license']} {about['text_rule']}\n\n"
        "What each column means stands in `datapackage.json` and in the table `dictionary`, how well it is read in "
        "`accuracy`, where nobody looked in `coverage`.\n\n"
        + "".join(readers[form] for form in formats)
        + f"\n| table | rows |\n|---|--:|\n{lines}"
    )
