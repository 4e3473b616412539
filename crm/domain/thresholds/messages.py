"""The sentence of each reason, without its closing mark (matching.md §6). Placeholders: ``explain.shown``."""

from __future__ import annotations

from collections.abc import Mapping

from crm.i18n import N_

MESSAGES: Mapping[str, str] = {
    # Each line of the rules.
    "project_tax_met": N_("annual tax {money} ≥ {line} (10k yuan), reached"),
    "project_tax_short": N_("annual tax {money}, below {line} (10k yuan)"),
    "project_tax_open": N_("annual tax {money}: its low end misses {line} (10k yuan), its high end reaches it"),
    "tax_per_mu_met": N_("{area}tax per mu {money} ≥ {line} (10k yuan), reached"),
    "tax_per_mu_short": N_("{area}tax per mu {money}, below {line} (10k yuan)"),
    "tax_per_mu_open": N_("{area}tax per mu {money}: its low end misses {line} (10k yuan), its high end reaches it"),
    "tax_by_land_met": N_("tax of all plots {money} ≥ {line} (10k yuan), the sum of what each plot needs, reached"),
    "tax_by_land_short": N_("tax of all plots {money}, below {line} (10k yuan), the sum of what each plot needs"),
    "tax_by_land_open": N_(
        "tax of all plots {money}: its low end misses {line} (10k yuan), the sum of what each plot needs"
    ),
    # What would make the project pass.
    "raise_tax": N_("raise the tax to {required} (10k yuan; {gap} a year more)"),
    "raise_area_tax": N_("raise the tax of {area} by {gap} (10k yuan a year)"),
    "cut_land": N_("or keep the land within {max_land} mu"),
    "cut_area_land": N_("or keep the land in {area} within {max_land} mu"),
    "split_again": N_("or commit the same tax plot by plot anew: {commitments}, together at least {required}"),
    # The verdict.
    "no_land": N_("no land is asked for, so the land-output thresholds do not apply; assess it as a tenant"),
    "use_not_covered": N_(
        "the threshold of {area} is for {uses} land only; for other land there is no figure, submit it for consultation"
    ),
    "no_rule": N_("the rules say nothing about {area}; submit it for consultation"),
    "no_rules_then": N_("the rule set {rules} does not hold on {day}"),
    "missing": N_("{fields} missing, no verdict yet"),
    "land_or_none": N_("if no land is asked for, enter “no land”"),
    "needed": N_("for the present {land} mu the tax at full production must not be below {required} (10k yuan)"),
    "use_decides": N_(
        "as {use} land it would be “{verdict}” ({money} per mu against {line}); other uses have no figure"
    ),
    "ends_differ_tax": N_(
        "the tax is a range, and its two ends give different verdicts: {worst}{worst_mu} at worst, "
        "{best}{best_mu} at best"
    ),
    "ends_differ_land": N_(
        "the land is a range, and its two ends give different verdicts: {worst}{worst_mu} at worst, "
        "{best}{best_mu} at best"
    ),
    "ends_differ": N_(
        "tax and land are ranges, and their ends give different verdicts: {worst}{worst_mu} at worst, {best}{best_mu} "
        "at best"
    ),
    "statements_differ": N_(
        "the two statements give different verdicts: {worst}{worst_mu} at worst, {best}{best_mu} at best"
    ),
    "commit": N_("ask the firm for a definite figure; it must not be below {required} (10k yuan)"),
    "commit_split": N_(
        "ask the firm for definite figures plot by plot: {commitments}, together at least {required} (10k yuan)"
    ),
    "split_possible": N_(
        "the tax is not split between the plots; a split is possible and must be committed plot by plot in the "
        "agreement: {commitments}, together at least {required} (10k yuan); submit it for consultation"
    ),
    "no_split": N_("however the tax is split between the plots, not all of them can pass"),
    "rest_unknown": N_(
        "how much of the tax belongs to the plots that the rules cover is not known; submit it for consultation"
    ),
    "critical": N_("close to the line (critical)"),
    # What the reader must know about the figures.
    "basis_assumed": N_("tax basis not given, tried on the full basis"),
    "basis_other": N_("the tax of {money} (10k yuan) is given as {basis}; only a tax on the full basis is compared"),
    "approximate": N_("figures marked “about” are taken as they stand"),
    "vague": N_("“{text}” has no figure and counts as not given"),
    "impossible": N_("{field} cannot be so ({low}–{high}) and counts as not given"),
    "beyond_belief": N_("{field} is beyond belief and counts as not given"),
    "full_year_decides": N_("the year of full production ({year}) decides; the years before are only tracked"),
    "tax_contradiction": N_(
        "two statements of the tax disagree: {specific} and {stated} (10k yuan); both were tried, please check"
    ),
    "land_contradiction": N_("two statements of the land disagree: {specific} mu and {stated} mu; please check"),
    "phases_land_differ": N_("the land stated ({stated} mu) is not the sum of the phases ({phases} mu); please check"),
    "phases_tax_differ": N_(
        "the tax stated ({stated}) is not the sum of the phases ({phases}, 10k yuan); please check"
    ),
    "phase1_mentioned": N_("a first phase of {land} mu is mentioned; no phases are entered, so all the land counts"),
    "phases_without_plots": N_("the phases do not say on which plot they lie"),
    "phases_intended": N_("phases only intended count neither for tax nor for land"),
    "if_all_phases": N_("with all phases signed: {verdict}, conditional ({money} per mu, 10k yuan)"),
    "if_all_phases_bare": N_("with all phases signed: {verdict}, conditional"),
    "split_for_some": N_("the tax is given for some plots only"),
    "plot_without_land": N_("plot {place} has no land and is left out"),
    "left_out_exceeds": N_("the plots left out have more tax ({left_out}) than the whole project ({whole}, 10k yuan)"),
    "address_unmapped": N_(
        "the address “{address}” is in no confirmed mapping to an area; 其他区域 too must be confirmed, not assumed"
    ),
    "address_mapped": N_("the area {area} comes from the confirmed mapping of the address “{address}”"),
    "rate_used": N_("1 {currency} = {rate} yuan ({on})"),
    "rate_used_undated": N_("1 {currency} = {rate} yuan (day of the rate not given)"),
    "break_even": N_("break-even rate: {currency} not below {rate_up} yuan"),
    "rate_sensitive": N_("sensitive to the rate: a move of {band} in {currency} gives “{verdict}”"),
    "rate_unused": N_("the rate of {currency} is not used: no sum is in it"),
    "rate_conflict": N_("two rates of {currency} for the same day disagree; please check"),
    "rate_after_day": N_("the rate of {currency} is of {on}, after the day of the check ({day})"),
    "rate_without_range": N_("no believable range is known for {currency}; confirm that one unit is {rate} yuan"),
    "rate_odd": N_("{rate} yuan for one {currency} is not believable (between {low} and {high}); please check"),
    "rate_per_hundred": N_(
        "{rate} yuan for one {currency} is not believable (between {low} and {high}): is it the price of 100, "
        "and one costs {each}?"
    ),
    "rate_upside_down": N_(
        "{rate} yuan for one {currency} is not believable (between {low} and {high}): is it upside down?"
    ),
    "reference": N_("for reference: the leased space equals {land} mu{money_per_mu}"),
    "lease_without_space": N_("lease {place} has no floor space, so no equivalent land can be given"),
    "lease_without_ratio": N_("lease {place} has no plot ratio, so no equivalent land can be given"),
    "lease_ratio_odd": N_("the plot ratio {ratio} of lease {place} is not believable, so no equivalent land is given"),
}

FIELD_LABELS: Mapping[str, str] = {
    "annual_tax": N_("tax at full production"),
    "area": N_("threshold area"),
    "full_year": N_("year of full production"),
    "land": N_("land"),
    "land_use": N_("land use"),
    "phases": N_("committed phases"),
    "rule_set": N_("rules in force on that day"),
    "space": N_("floor space"),
    "tax": N_("tax"),
    "tax_basis": N_("tax on the full basis"),
}
"""What a field of the case is called in a sentence."""
