"""Shows a trace: pages, pictures and tables, each made from the trace alone.

`view` is a trace as plain sorted data (`projection` makes it), `scene` that view with words
(`wording`, `details`) and places (`layout`, `ordering`, `textfit`). `html` draws a scene as an
offline page, `diagram` as vector graphics; `tables` and `trace_json` write the trace as data.
"""
