"""The program as a whole, on pseudo-terminals and in tmux."""
