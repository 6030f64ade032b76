"""Pictures of the reader: one table of scenes, drawn for the docs and compared by the tests."""
