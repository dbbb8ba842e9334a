"""Published sanctions lists: one module per format, each from the file as downloaded to ships and companies."""
