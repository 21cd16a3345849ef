"""The offline page: the only place that speaks pyvis.

`page` renders, `payload` gathers what the page holds, `policy` pins and hashes what may run.
`page.html`, `page.css`, `picture.js` and `page.js` are the template and its parts.
"""
