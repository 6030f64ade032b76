"""Pictures of the reader: one table of scenes, drawn for the README and compared by the tests."""
