"""How fast the program is, beside what it is built on."""
