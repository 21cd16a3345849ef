"""Frozen records: what the papers say, and what is asked of them.

`segment`, `period`, `money` are values; `source` says where a record stands; `paper` and `load`
are what the two lanes yield, `evidence` what a trace is made from, `party` who is who,
`diagnostic` what could not be read, `event` the custody log. Knows only the standard library.
"""
