// Wrapper SQLite.
