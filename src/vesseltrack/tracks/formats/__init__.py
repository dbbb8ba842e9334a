"""The layouts of AIS files, recognised by content: each says how to get at the columns of `schema`.

`recognising.recognise` is the way in.
"""
