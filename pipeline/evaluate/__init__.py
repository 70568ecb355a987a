"""Scores against gold documents."""
