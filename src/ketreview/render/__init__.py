"""Values to text: diagnostics and documents, one file per format."""
