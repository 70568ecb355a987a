"""``python -m pipeline`` is ``rilis``."""

from pipeline.cli import main

main()
