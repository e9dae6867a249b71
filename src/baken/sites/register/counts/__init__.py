"""④ The computing side: what was delivered, under pseudonyms. One writer, `counts.actions`.

Never here: a school, a board by name or number, a user, a moment, the order in which things came in.
"""
