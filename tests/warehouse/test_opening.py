"""A catalogue that nobody else wrote since this process closed it is not looked at again; any other is."""

import duckdb
import pytest

from warehouse import CatalogueVersionError, open_catalogue
from warehouse.opening import is_as_left


def test_what_this_process_left_is_known_and_what_another_wrote_is_looked_at(tmp_path):
    path = tmp_path / "catalogue.duckdb"
    assert not is_as_left(path)
    with open_catalogue(path):
        pass
    assert is_as_left(path)
    with open_catalogue(path):  # nothing was written, and it is known still
        pass
    assert is_as_left(path)
    with duckdb.connect(str(path)) as newer:
        newer.execute("INSERT INTO migrations SELECT number + 1000, name, digest, applied_at FROM migrations")
    assert not is_as_left(path)
    with pytest.raises(CatalogueVersionError):
        open_catalogue(path)


def test_a_file_with_a_journal_beside_it_is_looked_at(tmp_path):
    path = tmp_path / "catalogue.duckdb"
    with open_catalogue(path):
        pass
    path.with_name(f"{path.name}.wal").write_bytes(b"left by a process that was killed")
    assert not is_as_left(path)
