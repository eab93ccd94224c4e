"""Tables for other programs, one file a program."""
