"""Alembic runs this file: the steps are carried out on the connection that it is handed."""

from __future__ import annotations

from alembic import context

from graders.gradebook.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
