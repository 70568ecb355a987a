"""Articles to annotation tools and back: what the extractor found goes out, what people corrected comes in.

``tasks`` holds the value between (``Task``) and the way to and from gold documents; ``label_studio`` and
``prodigy`` are the two file forms; ``exchange`` is the whole job behind ``rilis annotate``.
"""
