"""Databases: made, brought up to date, refused with a sentence; the steps lead to the tables that the code has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from graders.gradebook.book import Gradebook, gradebook
from graders.gradebook.deciding import comment, in_force
from graders.gradebook.opening import HEAD, MIGRATIONS, GradebookError
from graders.gradebook.tables import Table


def test_the_steps_lead_to_the_tables(book: Gradebook) -> None:
    with book.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []


def test_the_last_step_is_known() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_a_gradebook_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    book = gradebook(tmp_path, "tiny")
    with book.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(GradebookError, match="newer version"):
        gradebook(tmp_path, "tiny")


def test_a_gradebook_of_an_older_version_is_brought_up_to_date_and_loses_nothing(tmp_path: Path) -> None:
    book = gradebook(tmp_path, "tiny")
    comment(book, ["alice"], "", "well done", "prof")
    with book.engine.begin() as connection:
        connection.execute(text("ALTER TABLE comments DROP COLUMN batch"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    book.engine.dispose()
    again = gradebook(tmp_path, "tiny")
    assert in_force(again)["alice"].comments[""].text == "well done"
    with again.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []


def test_a_first_step_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a full disk: the tables made before the failure are gone, and the next opening makes them all."""
    made, real = [], Operations.create_table

    def failing(self: Operations, *arguments: Any, **named: Any) -> Any:
        made.append(arguments[0])
        if len(made) == 3:
            raise OperationalError("CREATE TABLE", None, OSError("disk full"))
        return real(self, *arguments, **named)

    with monkeypatch.context() as patched:
        patched.setattr(Operations, "create_table", failing)
        with pytest.raises(GradebookError, match="cannot be used"):
            gradebook(tmp_path, "tiny")
    assert gradebook(tmp_path, "tiny").class_id == 1


@pytest.mark.parametrize(
    "named",
    [
        "postgresql://nobody@127.0.0.1:1/none",
        "oracel://x/y",
        "not a url://",
        "/nowhere/at/all/book.db",
        "postgresql://u:secret@127.0.0.1:1/none",
    ],
)
def test_what_cannot_be_opened_is_told_without_its_password(named: str, tmp_path: Path) -> None:
    with pytest.raises(GradebookError) as caught:
        gradebook(tmp_path, "tiny", named)
    said = str(caught.value.message)
    assert "secret" not in said


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "gradebook.db").write_text("these are notes of mine, not a database" * 100)
    with pytest.raises(GradebookError):
        gradebook(tmp_path, "tiny")
    assert (tmp_path / "gradebook.db").read_text().startswith("these are notes")


def test_the_gradebook_that_was_named_is_found_again(tmp_path: Path) -> None:
    book = gradebook(tmp_path, "tiny", str(tmp_path / "shared.db"))
    assert gradebook(tmp_path, "tiny").engine.url == book.engine.url


def test_no_password_is_kept(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    password = re.search(r":([^:@/]+)@", server)
    assert password
    book = gradebook(tmp_path, "tiny", server)
    assert password[1] not in (tmp_path / "gradebook.json").read_text()
    monkeypatch.setenv("PGPASSWORD", password[1])
    again = gradebook(tmp_path, "tiny")
    assert again.class_id == book.class_id
    for one in (book, again):
        one.engine.dispose()
