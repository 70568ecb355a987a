"""One file a field; its words stand beside it as data."""
