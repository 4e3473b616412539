"""The threshold calculator: figures without a lead, held against the rules of every area class."""
