"""Pages for a browser: one file per episode in one language, and an index of all.

A page needs no network, no second file and no script to be read; the script adds filters, a
switch and downloads. What is on a page is decided in `episode` and `season`, how it looks in
`templates/` and `assets/`.
"""
