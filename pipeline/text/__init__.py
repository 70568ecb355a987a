"""The Indonesian language, knowing nothing of police."""
