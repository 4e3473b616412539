"""Import by a simple page: a file, what was understood, what would change, the questions, then the button.

The core does the work (``crm.jobs.imports``): the page shows its dry run and asks nothing twice.
"""

from __future__ import annotations
