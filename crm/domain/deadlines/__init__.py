"""Until when something is to be done: working days of China, response clocks, how long a lead may rest."""
