"""A class in its gradebook: which database, and under which name. `gradebook.json` in the folder of reports remembers both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from sqlalchemy import Engine, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from graders.engine.whole import write
from graders.frozen import Frozen
from graders.gradebook.opening import GradebookError, address, opened, unusable
from graders.gradebook.tables import ClassRow, Student
from graders.language import say

T = TypeVar("T")
PLACE = "gradebook.json"
# Of a step that another process got in the way of.
TRIES = 20


class Place(Frozen):
    """The class's name, which stays when its folder is moved; the URL where it is not the file in the folder."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Database:
    """Where classes are kept."""

    engine: Engine

    @contextmanager
    def session(self) -> Iterator[Session]:
        """All of what is done in it, or nothing. GradebookError where the database fails."""
        try:
            with Session(self.engine) as session, session.begin():
                yield session
        except SQLAlchemyError as error:
            raise self._unusable(error) from error

    def write(self, step: Callable[[Session], T]) -> T:
        """All of what a step does, or nothing; again where another process has just done the same. GradebookError as above."""
        for _ in range(TRIES):
            try:
                with Session(self.engine) as session, session.begin():
                    return step(session)
            except IntegrityError as error:
                again = error
            except SQLAlchemyError as error:
                raise self._unusable(error) from error
        raise self._unusable(again) from again

    def _unusable(self, error: SQLAlchemyError) -> GradebookError:
        return unusable(self.engine.url.render_as_string(hide_password=True), error)


@dataclass(frozen=True)
class Gradebook(Database):
    """One class of a database."""

    class_id: int

    def students(self, session: Session, names: Iterable[str] | None = None) -> dict[str, int]:
        """The number of each student that is known."""
        query = select(Student.name, Student.id).where(Student.class_id == self.class_id)
        found: dict[str, int] = {row.name: row.id for row in session.execute(query)}
        return found if names is None else {name: found[name] for name in names if name in found}

    def enrolled(self, session: Session, names: Sequence[str]) -> dict[str, int]:
        """The number of each of these, the new ones too."""
        known = self.students(session)
        session.add_all([Student(class_id=self.class_id, name=name) for name in names if name not in known])
        session.flush()
        return self.students(session, names)


def gradebook(out: Path, assignment: str, named: str | None = None) -> Gradebook:
    """The one of a folder of reports: where it was `named`, else where it was before, else a file in the folder."""
    place = _place(out)
    url = address(named or place.url, out)
    engine = opened(url)
    name = place.name or out.resolve().name
    kept = Place(name=name, url=_kept(url) if named else place.url)
    if kept != place:
        write(out / PLACE, kept.model_dump_json(indent=1), lasting=True)
    database = Database(engine)
    return Gradebook(engine, database.write(partial(_class_id, assignment, name)))


def _place(out: Path) -> Place:
    try:
        return Place.model_validate_json((out / PLACE).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return Place(name="")
    except (OSError, ValidationError) as error:
        raise GradebookError(
            say(
                "{path} cannot be read. Delete it, and give --gradebook again where you used it.", path=str(out / PLACE)
            )
        ) from error


def _kept(url: URL) -> str:
    """Without its password, which is no business of a folder of reports: the driver finds it in PGPASSWORD or ~/.pgpass."""
    bare = URL.create(url.drivername, url.username, None, url.host, url.port, url.database, url.query)
    return bare.render_as_string()


def _class_id(assignment: str, name: str, session: Session) -> int:
    query = select(ClassRow.id).where(ClassRow.assignment == assignment, ClassRow.name == name)
    if (known := session.scalar(query)) is not None:
        return known
    row = ClassRow(assignment=assignment, name=name)
    session.add(row)
    session.flush()
    return row.id
