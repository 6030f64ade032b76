"""Widgets that draw rows."""
