"""The schema declared once, and the tables written by it."""
