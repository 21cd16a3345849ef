"""The command line: parse, call one use case, print, exit.

`app` puts it together, `guard` and `status` are the exits; one module per command, each with
`register`. `language`, `settings`, `options`, `parsing` read what users write; `wording` and
`helppage` speak in their language. Output: `cells` (widths), `output` (lines, tables),
`progress`, `load_report`, and a trace drawn: `tree`, `rows`, `picture`, `labels`, `sections`,
`tabular`.
"""
