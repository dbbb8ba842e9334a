"""AIS positions in, events out: port calls, gaps, meetings, impossible moves, identity changes."""
