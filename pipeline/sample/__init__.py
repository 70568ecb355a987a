"""News sites in a box: articles of our own writing in the markup of real sites, on a loopback server."""
