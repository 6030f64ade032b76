"""The query language of the reader, the library and the command line.

`parse` builds a tree; `matching.predicate` evaluates it on one `Fact`, and the library compiles it
to SQL. Both use the same facts, so that they agree.
"""
