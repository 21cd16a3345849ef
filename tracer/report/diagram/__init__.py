"""Vector pictures of a scene, for paper and for readers without scripts.

`svg` writes the marks of a scene, `sheets` cuts a tall or wide scene into A4 sheets.
"""
