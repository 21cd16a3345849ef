"""The database of one case: SQLAlchemy 2 Core, SQLite by default, migrated by Alembic.

`engine` opens it, `upgrade` brings its schema up, `check` verifies it; `tables` and
`record_tables` say what it holds. Written by `sources`, `records`, `traffic`, `rejects`,
`documents`, `events`; read by `evidence` (with `contracts`, `incidents`, `identities`), `case`
and `register`. Every function takes a `Connection` first; nothing is updated or deleted.
"""
