"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    _made("classes", _text("assignment", "name"), unique=("assignment", "name"))
    _made("students", [_of("classes", "class_id"), *_text("name")], unique=("class_id", "name"))
    _made("attempts", _attempt(), unique=("student_id", "number"))
    _made("verdicts", _verdict(), index="attempt_id")
    _made("marks", _mark(), index="student_id")
    _made(
        "comments",
        [_of("students", "student_id"), *_text("criterion", "text", "who"), _moment()],
        index="student_id",
    )


def _attempt() -> list[sa.Column[object]]:
    return [
        _of("students", "student_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        *_text("cause", "digest", "judged", "status", "reason"),
        *_number("score", "max_score"),
        sa.Column("environment", sa.JSON(), nullable=False),
        _moment(),
    ]


def _verdict() -> list[sa.Column[object]]:
    return [
        _of("attempts", "attempt_id"),
        sa.Column("place", sa.Integer(), nullable=False),
        *_text("criterion", "status"),
        *_number("credit", "points"),
        sa.Column("diagnosis", sa.String()),
        *_text("feedback"),
    ]


def _mark() -> list[sa.Column[object]]:
    return [
        _of("students", "student_id"),
        *_text("criterion"),
        sa.Column("credit", sa.Double()),
        *_text("why", "who", "batch"),
        _moment(),
    ]


def _made(table: str, columns: list[sa.Column[object]], unique: tuple[str, ...] = (), index: str = "") -> None:
    key = sa.Column("id", sa.Integer(), nullable=False)
    rules: list[sa.Constraint] = [sa.PrimaryKeyConstraint("id", name=f"pk_{table}")]
    if unique:
        rules.append(sa.UniqueConstraint(*unique, name=f"uq_{table}_{unique[0]}"))
    op.create_table(table, *columns, key, *rules)
    if index:
        op.create_index(f"ix_{table}_{index}", table, [index])


def _text(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _number(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Double(), nullable=False) for name in names]


def _of(table: str, name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=False)


def _moment() -> sa.Column[object]:
    return sa.Column("at", sa.DateTime(timezone=True), nullable=False)
