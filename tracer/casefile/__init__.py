"""The evidence package: what it holds, how it is packed, and how anyone checks it.

`contents` says what stands where in it, `places` gives files their places, `bag` makes the BagIt
folder, `archive` packs it into a zip file and takes it out safely, `chain` writes and checks the
custody log, `inspection` checks a package against itself, `sheet` puts into words how its results
are made again. Nothing here knows the database.
"""
