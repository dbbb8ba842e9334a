"""The report as one HTML file: complete without a script, without a network, and on paper."""
