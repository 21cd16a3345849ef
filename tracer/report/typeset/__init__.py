"""Sets exhibits for paper: blocks of text, tables and pictures, flowed onto pages.

Pages are drawings, known before anything is painted; `pdf` and `png` paint them.
"""
