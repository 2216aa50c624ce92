"""A file in the place of another: at every moment one whole file stands there."""

from __future__ import annotations

import os
from pathlib import Path


def aside_of(place: Path) -> Path:
    """Where this process builds what is to stand at `place`; what killed ones left behind there is cleared away, so
    only one may build at a time."""
    place.parent.mkdir(parents=True, exist_ok=True)
    remove(*place.parent.glob(f".{place.name}.*.new*"))
    return place.with_name(f".{place.name}.{os.getpid()}.new")


def swap(aside: Path, place: Path) -> None:
    """Puts the new file in the old one's place, safe from a power cut. Who has the old one open reads on in it."""
    with aside.open("rb") as stream:
        os.fsync(stream.fileno())
    os.replace(aside, place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def remove(*paths: Path) -> None:
    """Files that may be there."""
    for path in paths:
        path.unlink(missing_ok=True)
