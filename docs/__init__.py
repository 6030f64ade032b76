"""Documentation: handwritten pages, and a reference generated from the program's declarations."""
