"""The headless reading session: state and commands, without a terminal."""
