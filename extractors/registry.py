"""The registry: the only module of the reading room that opens a file."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from extractors.errors import SourceError
from extractors.sources_form import Source, read_source

ROOM = Path(__file__).parent


def packaged(*parts: str) -> Path:
    """The path of a data file that comes with the package, as `packaged("languages", "fr.toml")`."""
    return ROOM.joinpath(*parts)


def read_toml(path: Path) -> Mapping[str, Any]:
    """One TOML file. Raises SourceError with the file, line and remedy."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError(f"{path}: no readable TOML ({error}); mend the file or take it out of the folder") from error


def read_csv(path: Path) -> list[dict[str, str]]:
    """One CSV file with a heading line, as a list of rows. Raises SourceError where it can't be read."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(f"{path}: no readable CSV ({error}); mend the file") from error


def room_digest(*patterns: str) -> str:
    """Eight hex digits that change with the text of any code or data file that the patterns name in this package."""
    files = {path for pattern in patterns for path in ROOM.glob(pattern) if path.suffix in (".py", ".toml", ".csv")}
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.relative_to(ROOM).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:8]


def load_sources(folders: Sequence[Path] | None = None) -> dict[str, Source]:
    """The sources of all folders by name (None: the packaged ones); a later folder wins."""
    chosen = [packaged("sources")] if folders is None else folders
    files = {path.stem: path for folder in chosen for path in sorted(folder.glob("*.toml"))}
    return {name: read_source(read_toml(path), name=name, file=str(path)) for name, path in sorted(files.items())}
