"""Use cases: the only place where reading, storing, tracing and showing meet.

One use case a file: `load`, `trace`, `render`, `demo`, `template`, `sources`, `database`, `log`;
`documents`, `secret` and `sheets` serve `load`; `case` is the public Python interface over them.
"""
