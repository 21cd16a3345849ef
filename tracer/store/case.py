"""What the database says of its case: the newest `case` event."""

import json

from sqlalchemy import Connection, select

from tracer.model.case import DEFAULT_TIMEZONE, CaseInfo
from tracer.store.tables import events

__all__ = ["case_info"]


def case_info(conn: Connection) -> CaseInfo:
    """Read number, name and time zone of the case; defaults where nothing was said.

    They are the parameters `number`, `name` and `timezone` of the newest event `case`.
    """
    newest = (
        select(events.c.params)
        .where(events.c.action == "case")
        .order_by(events.c.seq.desc())
        .limit(1)
    )
    said = json.loads(conn.execute(newest).scalar() or "{}")
    return CaseInfo(said.get("number"), said.get("name"), said.get("timezone") or DEFAULT_TIMEZONE)
