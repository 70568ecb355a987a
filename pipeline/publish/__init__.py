"""What people read: dictionary, SQL, web pages, exports."""
