"""The reader is to meaning what ``nl`` is to syntax: a reply and the message that it answers go in; out comes, for each
commandment, how likely it is that the reply breaks it, and how much each character bears on that.

``read.Reader`` does it. Nothing heavy is imported before the first reply that needs the encoder.
"""
