"""Reports: how it is shown. One module per format; each takes a Case and returns text."""
