"""The synthetic city in the register: years of deliveries and publications, made by the same actions as real ones.

Installed in demo mode only. Never here: a short cut past an action, a check or the gate.
"""
