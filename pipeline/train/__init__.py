"""Corpora, training, model cards."""
