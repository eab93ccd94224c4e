"""A compiler for living evidence reviews."""
