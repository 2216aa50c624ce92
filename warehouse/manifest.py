"""What a backup holds: the list of its files with lengths and digests, written last, and that it is whole."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from warehouse.errors import BackupError, from_os
from warehouse.stacks import sync_folder

MANIFEST = "manifest.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file of the archive, as the backup holds it."""

    path: str
    """Relative to the archive."""
    stored: str
    """Relative to the backup; the file there may be longer, since what was appended later is no part of this one."""
    bytes: int
    sha256: str
    mtime_ns: int
    """Of the archive's file when it was read."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One whole backup."""

    archive_id: str
    schema_version: int
    made_at: str
    files: tuple[KeptFile, ...]

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.files)


def read_manifest(folder: Path) -> Manifest | None:
    """The last whole backup in a folder; None where there never was one. Raises BackupError for a damaged list."""
    path = folder / MANIFEST
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        held = told.pop("digest")
        if told["format"] != _FORMAT:
            raise BackupError(f"{path}: written by another Chancery (format {told['format']}); use that one")
        if held != _digest(told):
            raise BackupError(f"{path}: the list of files was altered; take another backup, this one can't be believed")
        files = tuple(KeptFile(**row) for row in told["files"])
    except FileNotFoundError:
        return None
    except OSError as error:
        raise from_os(error, path, "reading the list of a backup", BackupError) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(
            f"{path}: looked for the list of a backup, found none ({error}); name another folder"
        ) from error
    for file in files:
        for name in (file.path, file.stored):
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
                raise BackupError(f"{path}: {name} leads out of the backup; it can't be believed")
    return Manifest(told["archive_id"], told["schema_version"], told["made_at"], files)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Puts the list in its place at once: until then the former backup counts, and from then on this one."""
    told: dict[str, Any] = {"format": _FORMAT, **asdict(manifest)}
    told["files"] = list(told["files"])
    aside = folder / f".{MANIFEST}.new"
    with aside.open("w", encoding="utf-8") as stream:
        json.dump({**told, "digest": _digest(told)}, stream, ensure_ascii=False, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(aside, folder / MANIFEST)
    sync_folder(folder)


def _digest(told: Mapping[str, Any]) -> str:
    text = json.dumps(told, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
