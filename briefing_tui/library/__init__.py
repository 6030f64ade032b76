"""Many briefings: which files they are, and an index of what is in them.

`Index.open` opens the one index of a user, `Index.refresh` brings it up to date with the files of
a `Roots`, and `Index.briefings` and `Index.search` answer from it. The index belongs to the thread
that opened it; another thread or process opens its own, and both may write.
"""
