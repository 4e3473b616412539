"""What a report of a period counts: each figure with its basis; parts add up to the whole or say why not."""
