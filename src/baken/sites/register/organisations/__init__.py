"""Who takes part: boards, school locations with their district, waves, and from when until when. Public facts only.

Never here: a count, a delivery, a pseudonym.
"""
