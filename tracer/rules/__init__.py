"""Findings: what about a trace needs an answer. Leads (线索), never verdicts.

`inspection` lays a scope open for the rules (`holdings`: who holds what in it; `titles`: who ever
held what on record; `allocations`, `lookup`: records by their segments; `cycles`: circles of hops;
`uncovered`: messages no contract covers; `journal`: which records show a party's flow); each rule
is one file, `trNNN_name.py`; `registry` lists them; `finding` applies them all. `clauses` reads
the law they rest on (`clauses.toml`), `classes` the dated table of code classes (`classes.toml`).
Rules work on regions of (number, day), never on chains, so that no diamond costs them anything.
"""
