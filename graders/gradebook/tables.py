"""The tables. Rows are added and never changed or removed: what is in force is the last one of its kind.

A change here needs a migration in `migrations/versions/`; a test compares the two.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from sqlalchemy import JSON, DateTime, Dialect, Double, ForeignKey, MetaData, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A time with its zone; kept in UTC, since SQLite forgets zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Table(DeclarativeBase):
    """What all tables have."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {datetime: Moment, float: Double}
    id: Mapped[int] = mapped_column(primary_key=True)


class ClassRow(Table):
    """A class: one assignment, and the name that the folder of its reports had first."""

    __tablename__ = "classes"
    __table_args__ = (UniqueConstraint("assignment", "name"),)
    assignment: Mapped[str]
    name: Mapped[str]


class Student(Table):
    """Who hands in, by the name of the submission."""

    __tablename__ = "students"
    __table_args__ = (UniqueConstraint("class_id", "name"),)
    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id"))
    name: Mapped[str]


class Attempt(Table):
    """What one grading found. `cause`: what was not as before: the files, the verdicts, or only the points.

    `judged` stands for all verdicts, without points.
    """

    __tablename__ = "attempts"
    __table_args__ = (UniqueConstraint("student_id", "number"),)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"))
    number: Mapped[int]
    cause: Mapped[str]
    digest: Mapped[str]
    judged: Mapped[str]
    status: Mapped[str]
    reason: Mapped[str]
    score: Mapped[float]
    max_score: Mapped[float]
    environment: Mapped[dict[str, str]] = mapped_column(JSON)
    at: Mapped[datetime]
    verdicts: Mapped[list[VerdictRow]] = relationship(order_by="VerdictRow.place", lazy="selectin")


class VerdictRow(Table):
    """The automatic verdict on one criterion, with the points it was worth then."""

    __tablename__ = "verdicts"
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), index=True)
    place: Mapped[int]
    criterion: Mapped[str]
    status: Mapped[str]
    credit: Mapped[float]
    points: Mapped[float]
    diagnosis: Mapped[str | None]
    feedback: Mapped[str]


class MarkRow(Table):
    """What a person gave one criterion, and why; no credit means that the automatic verdict counts again.

    `batch` is the same for marks that one action gave to several students.
    """

    __tablename__ = "marks"
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    criterion: Mapped[str]
    credit: Mapped[float | None]
    why: Mapped[str]
    who: Mapped[str]
    batch: Mapped[str]
    at: Mapped[datetime]


class CommentRow(Table):
    """What a person says on a criterion, or on the whole submission where it is empty; no text takes it back.

    `batch` is the same for what one action told several students.
    """

    __tablename__ = "comments"
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    criterion: Mapped[str]
    text: Mapped[str]
    who: Mapped[str]
    batch: Mapped[str]
    at: Mapped[datetime]
