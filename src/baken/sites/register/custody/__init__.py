"""The only place that knows which pseudonym is which school, per school year. No page leads here.

Other apps may import `custody.queries` and `custody.actions`, never its models.
"""
