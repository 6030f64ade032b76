"""The query language: the same in the reader, in the library and on the command line.

`parse` makes a tree of what was typed; `matching.predicate` asks it of one `Fact`, and
`library.compile` turns it into SQL. Both judge the same facts, so that they agree.
"""
