"""Scores against gold documents."""

from __future__ import annotations

from pipeline.evaluate.gold import GoldDocument, read_gold
from pipeline.evaluate.predict import predict
from pipeline.evaluate.scores import Evaluation, Score, evaluate

__all__ = ["Evaluation", "GoldDocument", "Score", "evaluate", "predict", "read_gold"]
