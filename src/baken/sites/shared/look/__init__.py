"""The look of both sites: page skeleton, components, forms, error pages, fonts and tokens.

Every page of `register` and `window` passes through here on its way to the reader. Never here: a figure, a school, a
permission or anything else that one site knows and the other must not.
"""
