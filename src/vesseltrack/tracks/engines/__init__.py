"""Where the detectors run: DuckDB in this process, or Spark on a cluster."""
