"""The trace: from records to holders, layers, chains, flow and senders.

`traffic` adds routing up, `scope` finds where on its numbers and days (`numbers`, `axis`) each hop
is on record, as `regions`; `reach` finds roots and layers, `chains` lists chains lazily, `flow` and
`senders` say who sent, `gaps` and `incidents` what is missing and what was reached, `candidates`
what might close a gap; `trace` puts a `result.Trace` together. Party by party, `attribution` says
whose chains a fraud message came through, `carried` what passed through its hands. `evidence`
projects it onto a networkx multigraph.
"""
