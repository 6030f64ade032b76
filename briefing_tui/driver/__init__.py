"""The line between the framework and the terminal: what is sent, what is taken, how one leaves."""
