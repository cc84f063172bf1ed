"""A gradebook in each kind of database: always in a file, on PostgreSQL where one is there for tests."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from graders.gradebook.book import Gradebook, gradebook

SERVER = os.environ.get("GRADERS_TEST_POSTGRES", "")


@pytest.fixture
def server() -> Iterator[str]:
    """The URL of a database of its own on a real PostgreSQL."""
    if not SERVER:
        pytest.skip("GRADERS_TEST_POSTGRES names no PostgreSQL: .ci/postgresql starts one")
    url = make_url(SERVER).set(drivername="postgresql+psycopg")
    name = f"test_{secrets.token_hex(6)}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(params=["file", "postgresql"])
def named(request: pytest.FixtureRequest) -> str | None:
    """What --gradebook is given."""
    return str(request.getfixturevalue("server")) if request.param == "postgresql" else None


@pytest.fixture
def book(named: str | None, tmp_path: Path) -> Iterator[Gradebook]:
    """The gradebook of an empty class."""
    opened = gradebook(tmp_path, "tiny", named)
    yield opened
    opened.engine.dispose()
