"""A document as it will be printed: seen first, then saved or sent to a printer."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt, Signal
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from crm.i18n import N_, _, ngettext
from ui.icons import Glyph
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import fit_dialog, open_dialog
from ui.widgets.elided import ElidedLabel
from ui.widgets.labels import button, label, row

FILTERS = {"PDF (*.pdf)": "pdf", "Word (*.docx)": "docx", N_("Mail draft (*.eml)"): "eml"}
"""What can be saved: the pages as they are seen, the same words for an officer to change, a mail with the pages."""

WORKBOOK = {"Excel (*.xlsx)": "xlsx"}

PANEL = 420
"""Logical pixels of the form beside the pages."""


class DocumentPreview(QDialog):
    """Shows one PDF; the file lives in a private folder, and saving is asked for."""

    save_asked = Signal(object)  # Path
    print_asked = Signal(object)  # QPrinter

    def __init__(
        self,
        pdf: bytes,
        name: str,
        tokens: Tokens,
        folder: Path,
        parent: QWidget | None = None,
        *,
        workbook: bool = False,
        panel: QWidget | None = None,
    ) -> None:
        """Show a document; with ``workbook`` its figures can be saved as a workbook too.

        ``panel`` stands beside the pages once somebody wants to change their words.
        """
        super().__init__(parent)
        filters = FILTERS | WORKBOOK if workbook else FILTERS
        self._filters = {_(name): ending for name, ending in filters.items()}
        self.setWindowTitle(name)
        fit_dialog(self, tokens.px(980), tokens.px(860))
        self._name, self._folder = name, folder
        self._private = TemporaryDirectory(prefix="xiangtu-")
        self._versions = 0
        self._tokens = tokens
        self._count = label("", "meta")
        self.document = QPdfDocument(self)
        self.show_pdf(pdf)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName(name)
        wide = button(_("Fit width"), lambda: self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth))
        whole = button(_("Whole page"), lambda: self.view.setZoomMode(QPdfView.ZoomMode.FitInView))
        self.save = button(_("Save as PDF or Word"), self._save, role="primary", glyph=Glyph.SAVE, tokens=tokens)
        self.print_ = button(_("Print"), self._print, glyph=Glyph.PRINT, tokens=tokens)
        self.save.setShortcut("Ctrl+S")
        self.print_.setShortcut("Ctrl+P")
        self.panel = panel
        self.edit = button(_("Change the words"), self._edit, glyph=Glyph.EDIT, tokens=tokens)
        self.edit.setShortcut("Ctrl+E")
        self.edit.setVisible(panel is not None)
        title = ElidedLabel(name)
        title.setProperty("role", "card")
        head = row(title, self._count, None, wide, whole, self.edit, self.print_, self.save)
        head.setContentsMargins(16, 12, 16, 10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        pages = row(self.view, spacing=0)
        if panel is not None:
            panel.setFixedWidth(tokens.px(PANEL))
            panel.hide()
            pages.insertWidget(0, panel)
        pages.setStretchFactor(self.view, 1)
        layout.addLayout(pages, 1)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.finished.connect(lambda _code: self._let_go())

    def show_pdf(self, pdf: bytes) -> None:
        """Show other pages of the document; what was looked at stays in sight."""
        seen = self.view.verticalScrollBar().value() if self._versions else 0
        self._versions += 1
        path = Path(self._private.name) / f"document-{self._versions}.pdf"
        path.write_bytes(pdf)
        self.document.load(str(path))
        pages = self.document.pageCount()
        self._count.setText(ngettext("{count} page", "{count} pages", pages).format(count=pages))
        if seen:
            self.view.verticalScrollBar().setValue(seen)

    def _edit(self) -> None:
        """Show or hide the form beside the pages; with it the window is wider, as far as its screen goes."""
        if self.panel is None:
            return
        self.panel.setVisible(not self.panel.isVisible())
        if self.panel.isVisible():
            fit_dialog(self, max(self.width(), self._tokens.px(PANEL + 860)), self.height())
            self.panel.setFocus()

    def _save(self) -> None:
        dialog = QFileDialog(self, _("Save"), str(self._folder / f"{self._name}.pdf"), ";;".join(self._filters))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(self._filters[chosen]))
        dialog.fileSelected.connect(self._save_chosen)
        open_dialog(dialog)

    def _save_chosen(self, path: str) -> None:
        target = Path(path)
        self.save_asked.emit(target if target.suffix else target.with_suffix(".pdf"))

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(lambda: self.print_asked.emit(printer))
        open_dialog(dialog)

    def _let_go(self) -> None:
        """Let the document and its private folder go, whichever way the window was left."""
        self.document.close()
        self._private.cleanup()
