"""Documents to text, one file per format."""
