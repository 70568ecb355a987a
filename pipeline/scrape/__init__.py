"""URL to stored page."""
