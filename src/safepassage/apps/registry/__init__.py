"""One record per human: judgements, links, persons, parties, reviews."""
