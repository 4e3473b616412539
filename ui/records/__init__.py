"""Records that are no leads: communities, funds, plots and the like; listed, edited by their fields, put to leads."""
