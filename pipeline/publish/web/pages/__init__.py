"""One file a page: a plain function from a read-only connection and a request to what is shown."""
