"""The layouts of AIS files, recognised by content: each says how to get at the columns of `schema`."""
