"""THE BOX. Receives the machine: folders, weights, journal. Emits paths that the parts can load.

Runs in the core and in the command line.
"""
