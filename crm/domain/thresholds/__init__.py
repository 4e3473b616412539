"""The land-tax thresholds: rules as dated data, the judge, its words and its document."""

from crm.domain.thresholds.case import Case, case_from_values
from crm.domain.thresholds.judgement import Figure, Judgement, Verdict
from crm.domain.thresholds.judging import judge
from crm.domain.thresholds.rules import SEED, Rule, RuleSet, rule_set_on

__all__ = [
    "SEED",
    "Case",
    "Figure",
    "Judgement",
    "Rule",
    "RuleSet",
    "Verdict",
    "case_from_values",
    "judge",
    "rule_set_on",
]
