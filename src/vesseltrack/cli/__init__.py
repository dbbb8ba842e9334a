"""The command line: parses options, calls cases, writes. Holds no logic."""
