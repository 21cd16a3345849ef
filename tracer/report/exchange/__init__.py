"""Answers in the formats of other programs, one writer a file.

`network` gathers parties and records once for all of them; `graphml`, `gexf` and `ftm` write every
record as a link of its own, `anx` and `dot` draw as the page does, `workbook` and `evidence_list`
write tables for the file. No personal data: handset numbers in free text are masked.
"""
