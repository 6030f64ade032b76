"""Configuration: the options, and how a file, the environment and flags set them."""
