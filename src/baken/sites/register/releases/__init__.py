"""⑤⑥ From accepted counters to a signed publication file: compose, dry run, gate, two people, publish.

Everything that is published goes through `baken.shield.gate.protect` together with the ledger of all that was ever
published. Never here: who a contributor is; this app sees pseudonyms, districts and pseudonyms of boards.
"""
