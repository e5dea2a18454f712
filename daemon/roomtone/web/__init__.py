"""THE DOORS. Receives requests on a Unix socket. Emits answers, and events as lines of JSON.

Runs in the core; its small client runs in the command line.
"""
