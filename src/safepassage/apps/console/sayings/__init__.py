"""Core's sentences in the reader's language, made of the closed codes and values that stand beside its English."""
