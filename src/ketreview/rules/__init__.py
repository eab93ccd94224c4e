"""The rules, one file each, named by the fault it finds."""
