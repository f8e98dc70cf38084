"""The Dutch side: what is no Dutch (``mask``), words (``tokenizer``), and the trained pipeline (``pipeline``)."""
