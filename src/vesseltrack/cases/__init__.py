"""Cases: the orchestration. From inputs, reference data and settings to a Case."""
