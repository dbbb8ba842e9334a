"""What positions show: one module for each kind of event, the same for every engine."""
