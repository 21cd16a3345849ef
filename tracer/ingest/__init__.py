"""Tables in: bytes become digests, rows, and then records or rejected rows.

`columns` declares the tables, `headers` tells a table by its header, `reading` opens files
(`textfiles`, `workbooks`, `parquetfiles`), `values` and `amounts` read cells, `paper` and
`records` make records of rows, `masking` keeps people unnamed, `casetoml` reads `case.toml`,
`template` writes the workbook to fill in; `traffic` is the log lane.
"""
