"""What a reader sees, as data: pure functions from a document to rows, without colour or size."""
