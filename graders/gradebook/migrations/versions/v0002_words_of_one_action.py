"""Comments that one action gave to several students can be undone as one, as marks can."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Words that were said before belong to no action."""
    op.add_column("comments", sa.Column("batch", sa.String(), nullable=False, server_default=""))
