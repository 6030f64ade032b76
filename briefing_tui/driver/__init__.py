"""A Textual driver that draws on any device, sends few bytes, and always restores the terminal."""
