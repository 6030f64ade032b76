"""The views in forms that other programs read."""
