"""A selection of the shelves as one WARC file, and such a file read again: what moves keeps its identity.

Identity is the address, the time, the digest, the source, the run and what was asked, as the records tell them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from warehouse.companions import capture_group, note_group
from warehouse.errors import DamagedShelfError, StacksError, from_os
from warehouse.groups import Assembler, Document
from warehouse.shelf import ShelvedCapture, members, warcinfo_member
from warehouse.stacks import SOFTWARE, Stacks


def write_selection(stacks: Stacks, is_wanted: Callable[[Document], bool], output: Path, at: datetime) -> int:
    """Writes every wanted document of the shelves into one file, bodies of revisits with them, and gives their number.

    The file appears under its name when it is whole. Raises StacksError, ArchiveFullError.
    """
    aside, count = output.with_name(f".{output.name}.{os.getpid()}"), 0
    try:
        with aside.open("wb") as stream:
            stream.write(warcinfo_member(output.name, SOFTWARE, at))
            for _, document in stacks.documents():
                if (isinstance(document, ShelvedCapture) or document.asked is not None) and is_wanted(document):
                    stream.write(b"".join(_records(document)))
                    count += 1
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(aside, output)
    except OSError as error:
        raise from_os(error, output, "writing a selection of the shelves", StacksError) from error
    finally:
        aside.unlink(missing_ok=True)
    return count


def _records(document: Document) -> tuple[bytes, bytes]:
    if isinstance(document, ShelvedCapture):
        # a revisit's body may stay behind: here it is written out
        return capture_group(replace(document, refers_to=None), document.asked, None)
    return note_group(document, None)


def read_selection(path: Path) -> Iterator[Document]:
    """The documents of a file that `write_selection` made. Raises StacksError where it is none or is damaged."""
    assembler = Assembler()
    try:
        with path.open("rb") as stream:
            for record in members(stream, 0):
                yield from (standing[3] for standing in assembler.take(*record))
            yield from (standing[3] for standing in assembler.end())
    except OSError as error:
        raise from_os(error, path, "reading a selection of shelves", StacksError) from error
    except (DamagedShelfError, ValueError, KeyError) as error:
        raise StacksError(
            f"{path}: looked for a file of `chancery shelves export`, found a record that can't be read ({error}); for "
            "WARC files of others there is `chancery ingest --warc`"
        ) from error
