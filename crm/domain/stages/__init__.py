"""The pipeline of a lead: stages, what each needs, the states in which a lead rests or ends."""
