"""The offline pages: the only place that speaks pyvis.

`shell` is what all pages have in common (`shell.html`, `words.html`, `base.css`, `shell.js`),
`policy` pins and hashes what may run. `page` renders traces: `payload` gathers what the page holds,
`facets` what it is filtered by, `timeline` hops over time; `page.html` and `SCRIPTS` are its parts.
`overview` renders audits, `paper_page` papers.
"""
