"""③ The mailbox: who delivered which quarter, when, and what became of it.

What was delivered passes through on its way to `counts` and is not stored here, nor anything that would tell it: no
checksum (122 small numbers can be guessed from one), no nil flag (it says zero), no question about a figure.
"""
