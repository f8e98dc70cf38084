"""The Dutch side: what is no Dutch (``mask``), words (``tokenizer``), *je* or *u* (``register``), the pipeline (``pipeline``)."""
