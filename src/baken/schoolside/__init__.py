"""①② At the school: read an export, map its words, make records, fold them into counters.

The same code runs in the browser (Pyodide), on the command line and in the tests. Standard library and python-calamine
only. Never here: the network, a clock, a random number, or a message with a value from a school's file.
"""
