"""`baken …`: the command line."""
