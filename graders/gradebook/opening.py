"""Where a gradebook is, and its tables as this version knows them: a new file gets them, an older one is brought up to date."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from graders.language import Message, say

FILE = "gradebook.db"
# The last migration; a test compares it with the folder.
HEAD = "0002"
MIGRATIONS = Path(__file__).parent / "migrations"
WAIT_SECONDS = 30
# Any number, and always this one.
LOCK = 20_261_120


class GradebookError(Exception):
    """The gradebook cannot be used; the message says which and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


def address(gradebook: str | None, out: Path) -> URL:
    """Of the gradebook that was named, by URL or as a file; else of the file in the folder of reports."""
    if not gradebook:
        return URL.create("sqlite", database=str(out.resolve() / FILE))
    try:
        url = (
            make_url(gradebook) if "://" in gradebook else URL.create("sqlite", database=str(Path(gradebook).resolve()))
        )
    except ArgumentError as error:
        raise unusable(gradebook, error) from error
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    return url


def opened(url: URL) -> Engine:
    """An engine whose database has the tables of this version."""
    shown = url.render_as_string(hide_password=True)
    try:
        engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS} if url.drivername == "sqlite" else {})
        if url.drivername == "sqlite":
            event.listen(engine, "connect", _strict)
        revision = _revision(engine)
        if revision is None or revision < HEAD:
            _upgrade(engine)
        elif revision > HEAD:
            raise GradebookError(
                say("The gradebook {url} was written by a newer version of this program. Use that one.", url=shown)
            )
    except (SQLAlchemyError, NoSuchModuleError, ImportError, OSError) as error:
        raise unusable(shown, error) from error
    return engine


def unusable(shown: str, error: Exception) -> GradebookError:
    """The database failed: what it said, on one line."""
    problem = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
    return GradebookError(
        say(
            "The gradebook {url} cannot be used: {problem}\nGive a file, or a URL such as "
            "postgresql://user@host/database; a password may stand in PGPASSWORD or in ~/.pgpass.",
            url=shown,
            problem=problem[:300],
        )
    )


def _strict(connection: object, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[attr-defined]  # the driver's own connection


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def _upgrade(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        _wholly(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


def _wholly(connection: Connection) -> None:
    """All tables or none, and by one process at a time.

    Python's driver of SQLite begins no transaction before it makes a table; on PostgreSQL two could make the same one.
    """
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.isolation_level = None  # type: ignore[union-attr]  # sqlite3's own
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
