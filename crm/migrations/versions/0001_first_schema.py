"""The first schema: records, history, rules, dictionaries, imports, search.

A table is told in one text: ``name:type`` for each column, ``!`` for NOT NULL. SQLite's tables are STRICT (a plain INT
column took 'abc' in a measurement); its types are therefore INTEGER and TEXT only.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "text": sa.Text(),
    "bytes": sa.Text(collation="C").with_variant(sa.Text(), "sqlite"),
    "big": sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
    "flag": sa.Boolean().with_variant(sa.Integer(), "sqlite"),
    "moment": sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"),
}

RECORD = """
id:big! uid:text! version:big! created_at:moment! updated_at:moment! sort_name:bytes!
"""

FACT = """
name:text! value:text!
"""

COUNTER = """
prefix:text! last:big!
"""

CHANGE_SET = """
id:big! uid:text! by:text! why:text! kind:text! at:moment! undoes:big place:big lines:big digest:text
seal:text
"""

CHANGE_LINE = """
id:big! change_set_id:big! record_kind:text! record_id:big! record_uid:text! record_version:big! action:text!
field:text! before:text after:text
"""

LEADS = """
code:text! name:text kind:text investor:text credit_code:text country:text source:text station:text
campaign:text referrer:text first_reported_at:text first_reporter:text industry:text industries:text
gbt4754:text nature:text increment:text chain_position:text planned_investment:text fixed_investment:text
registered_capital:text contracted_investment:text paid_in_investment:text paid_in_foreign:text area:text
functional_area:text address:text site:text land:text land_use:text plots:text phases:text lease:text
space:text ceiling_height:text floor_load:text power:text environment:text needed_by:text annual_tax:text
tax_basis:text tax_by_year:text full_year:big annual_output:text annual_revenue:text rd_spend:text
rd_staff:text jobs:text energy:text financing_stage:text financing_need:text financing_use:text landing:text
probability:text stage:text status:text status_reason:text owner:text bureau:text contact:text
contact_phone:text confidential:flag next_step:text next_date:text signed_on:text registered_on:text
land_supplied_on:text started_on:text completed_on:text production_on:text full_production_on:text notes:text
planned_investment_low:big planned_investment_high:big fixed_investment_low:big fixed_investment_high:big
registered_capital_low:big registered_capital_high:big contracted_investment_low:big
contracted_investment_high:big paid_in_investment_low:big paid_in_investment_high:big paid_in_foreign_low:big
paid_in_foreign_high:big first_reported_at_low:big first_reported_at_high:big land_low:big land_high:big
ceiling_height_low:big ceiling_height_high:big floor_load_low:big floor_load_high:big power_low:big
power_high:big needed_by_low:big needed_by_high:big annual_tax_low:big annual_tax_high:big
annual_output_low:big annual_output_high:big annual_revenue_low:big annual_revenue_high:big rd_spend_low:big
rd_spend_high:big rd_staff_low:big rd_staff_high:big jobs_low:big jobs_high:big energy_low:big energy_high:big
financing_need_low:big financing_need_high:big probability_low:big probability_high:big next_date_low:big
next_date_high:big signed_on_low:big signed_on_high:big registered_on_low:big registered_on_high:big
land_supplied_on_low:big land_supplied_on_high:big started_on_low:big started_on_high:big completed_on_low:big
completed_on_high:big production_on_low:big production_on_high:big full_production_on_low:big
full_production_on_high:big
"""

COMMUNITIES = """
code:text! name:text area:text functional_area:text fields:text space:text ceiling_height:text floor_load:text
power:text environment:text platforms:text international:text ready:text operator:text rent:text status:text
source:text as_of:text ceiling_height_low:big ceiling_height_high:big floor_load_low:big floor_load_high:big
power_low:big power_high:big ready_low:big ready_high:big as_of_low:big as_of_high:big
"""

FUNDS = """
code:text! name:text kind:text origin:text manager:text fields:text stages:text core_stages:text
ticket_low:text ticket_high:text remaining:text size:text size_basis:text invest_until:text
per_project_cap:text leads_rounds:flag similar_investments:text return_ratio:text return_confirmed:flag
region:text source:text as_of:text ticket_low_low:big ticket_low_high:big ticket_high_low:big
ticket_high_high:big remaining_low:big remaining_high:big size_low:big size_high:big invest_until_low:big
invest_until_high:big per_project_cap_low:big per_project_cap_high:big similar_investments_low:big
similar_investments_high:big return_ratio_low:big return_ratio_high:big as_of_low:big as_of_high:big
"""

PLOTS = """
code:text! area:text functional_area:text land:text land_use:text plot_ratio:text origin:text status:text
locked_by:text locked_until:text plans:text source:text as_of:text land_low:big land_high:big
plot_ratio_low:big plot_ratio_high:big locked_until_low:big locked_until_high:big as_of_low:big as_of_high:big
"""

RULE_SET = """
id:big! uid:text! version:big! code:text! name:text! source:text! as_of_year:big document_number:text
approved_by:text valid_from:text valid_to:text
"""

RULE = """
id:big! uid:text! version:big! rule_set_id:big! code:text! area:text! land_use:text least_tax_yuan:big
least_tax_per_mu_yuan:big! quote:text! source:text! valid_from:text valid_to:text
"""

ENTRY = """
id:big! uid:text! version:big! dictionary:text! term:text! meaning:text! valid_from:text valid_to:text
source:text!
"""

IMPORT_BATCH = """
id:big! uid:text! change_set_id:big! record_kind:text! file_name:text! sha256:text! sheets:text! rows:text!
state:text!
"""

PROVENANCE = """
id:big! batch_id:big! record_kind:text! record_id:big! sheet:text! row:big! raw:text! notes:text
"""


def upgrade() -> None:
    """Make every table, the search index and the triggers that keep the history as it is."""
    _history()
    _records()
    _data()
    _imports()
    _search()
    _keep_history()


def _history() -> None:
    _table("fact", FACT, key="name")
    _table("counter", COUNTER, key="prefix")
    _table(
        "change_set",
        CHANGE_SET,
        _unique("change_set", "uid"),
        _unique("change_set", "place"),
        *_to("change_set", "undoes", "change_set"),
    )
    _index("change_set", "undoes")
    action = sa.CheckConstraint("action IN ('created', 'changed', 'deleted')", name="ck_change_line_action_known")
    field = sa.CheckConstraint("(field = '') = (action <> 'changed')", name="ck_change_line_field_of_a_change")
    _table("change_line", CHANGE_LINE, action, field, *_to("change_line", "change_set_id", "change_set"))
    _index("change_line", "change_set_id")
    op.create_index("ix_change_line_record", "change_line", ["record_kind", "record_id"])


def _records() -> None:
    for name, columns in (("leads", LEADS), ("communities", COMMUNITIES), ("funds", FUNDS), ("plots", PLOTS)):
        checks = (
            sa.CheckConstraint("code <> ''", name=f"ck_{name}_code_given"),
            sa.CheckConstraint("length(uid) = 36", name=f"ck_{name}_uid_whole"),
            sa.CheckConstraint("version >= 1", name=f"ck_{name}_version_counts"),
        )
        _table(name, RECORD + columns, *checks, _unique(name, "uid"), _unique(name, "code"), ids_for_ever=True)
        _index(name, "updated_at")
        _index(name, "sort_name")
    for column in (
        "credit_code",
        "industry",
        "area",
        "stage",
        "owner",
        "planned_investment_low",
        "land_low",
        "annual_tax_low",
        "next_date_low",
    ):
        _index("leads", column)


def _data() -> None:
    _table("rule_set", RULE_SET, _unique("rule_set", "uid"), _unique("rule_set", "code"), ids_for_ever=True)
    _table("rule", RULE, _unique("rule", "uid"), *_to("rule", "rule_set_id", "rule_set"), ids_for_ever=True)
    _index("rule", "rule_set_id")
    _table("entry", ENTRY, _unique("entry", "uid"), ids_for_ever=True)
    op.create_index("ix_entry_dictionary_term", "entry", ["dictionary", "term"])


def _imports() -> None:
    unique = (_unique("import_batch", "uid"), _unique("import_batch", "change_set_id"))
    _table("import_batch", IMPORT_BATCH, *unique, *_to("import_batch", "change_set_id", "change_set"))
    _index("import_batch", "sha256")
    _table("provenance", PROVENANCE, *_to("provenance", "batch_id", "import_batch"))
    _index("provenance", "batch_id")
    op.create_index("ix_provenance_record", "provenance", ["record_kind", "record_id"])


def _search() -> None:
    """Make the index of two-character tokens; its rows are numbered as the leads (decisions 9)."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE lead_search USING fts5"
            "(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii')"
        )
        return
    op.execute("CREATE TABLE lead_search (rowid BIGINT PRIMARY KEY, tokens TSVECTOR NOT NULL)")
    op.execute("CREATE INDEX ix_lead_search_tokens ON lead_search USING gin (tokens)")


def _keep_history() -> None:
    """Let nobody change or delete a line of the history, nor a change set that has its seal."""
    if op.get_bind().dialect.name == "sqlite":
        for table, action, when in (
            ("change_line", "UPDATE", ""),
            ("change_line", "DELETE", ""),
            ("change_set", "UPDATE", "WHEN old.seal IS NOT NULL"),
            ("change_set", "DELETE", "WHEN old.seal IS NOT NULL"),
        ):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} {when} "
                "BEGIN SELECT RAISE(ABORT, 'the history is never changed'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the history is never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER change_line_kept BEFORE UPDATE OR DELETE ON change_line "
        "FOR EACH ROW EXECUTE FUNCTION keep_history()"
    )
    op.execute(
        "CREATE TRIGGER change_set_kept BEFORE UPDATE OR DELETE ON change_set "
        "FOR EACH ROW WHEN (old.seal IS NOT NULL) EXECUTE FUNCTION keep_history()"
    )


def _table(name: str, columns: str, *constraints: sa.Constraint, key: str = "id", ids_for_ever: bool = False) -> None:
    """Make a table; ``ids_for_ever``: the id of a deleted row is never given again, for the history names it."""
    parts: list[sa.schema.SchemaItem] = []
    for word in columns.split():
        column, kind = word.split(":")
        parts.append(sa.Column(column, TYPES[kind.rstrip("!")], nullable=not kind.endswith("!")))
    primary = sa.PrimaryKeyConstraint(key, name=f"pk_{name}")
    op.create_table(name, *parts, primary, *constraints, sqlite_strict=True, sqlite_autoincrement=ids_for_ever)


def _index(table: str, column: str) -> None:
    op.create_index(f"ix_{table}_{column}", table, [column])


def _unique(table: str, column: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(column, name=f"uq_{table}_{column}")


def _to(table: str, column: str, other: str) -> tuple[sa.ForeignKeyConstraint]:
    """Return the foreign key; never a cascade, for the session would not see it (decisions 41)."""
    return (sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}"),)
