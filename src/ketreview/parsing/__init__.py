"""Text to records and diagnostics; never raises for bad input."""
