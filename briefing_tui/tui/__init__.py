"""The full-screen face: a Textual application."""
