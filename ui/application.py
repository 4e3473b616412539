"""The application: language, look, errors, the open database; builds the window and opens its pages.

The frame is painted first; the database and everything that needs it is imported and opened after that (decision 17).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QSettings, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from crm.errors import PasswordError, UserError
from crm.i18n import _, ngettext, set_language
from crm.settings import Settings, default_path, load_settings, save_settings, settings_folder
from ui.changes import Changes
from ui.errors import install_hooks, show_error
from ui.main_window import MainWindow
from ui.starting import collect_again, import_later, import_to_begin, look_at, make_application, name_of, open_place
from ui.theme.faces import add_further_faces
from ui.theme.style import palette, style_sheet
from ui.theme.tokens import Density, Theme, Tokens, tokens

if TYPE_CHECKING:
    from crm.database import Committed
    from crm.workspace import Workspace
    from ui.backups import Backups
    from ui.desk import Desk
    from ui.jobs import JobRunner
    from ui.places import Places, Renderers
    from ui.undo import UndoStack

SEEN_MS, SETTLED_MS = 20, 2000


class Xiangtu(QObject):
    """One window over one database at a time.

    ``settings`` says where the window stood; the preferences lie beside it, in the file the command line reads too.
    """

    def __init__(
        self,
        application: QApplication,
        settings: QSettings,
        renderers: Renderers,
        fail: Callable[[QWidget | None, BaseException], None] = show_error,
    ) -> None:
        super().__init__()
        self._show_error = fail
        self._application, self._settings, self._renderers = application, settings, renderers
        self._translator = QTranslator(self)
        self._folder = Path(settings.fileName()).parent
        self.look = load_settings(self._folder)[0]
        self.window: MainWindow | None = None
        self.desk: Desk | None = None
        self.undo: UndoStack | None = None
        self._workspace: Workspace | None = None
        self._places: Places | None = None
        self._changes = Changes(self)
        self._changes.changed.connect(self._news)
        self._changes.changed_elsewhere.connect(self._look_again)
        self._backups: Backups | None = None
        self._last_backup, self._count = "", 0
        self._settling = QTimer(
            self, interval=SETTLED_MS, singleShot=True
        )  # stopped with the window, unlike a bare shot
        self._settling.timeout.connect(self._settled)

    @cached_property
    def runner(self) -> JobRunner:
        """The threads; made when something is first asked for."""
        from ui.jobs import JobRunner  # noqa: PLC0415  (the frame is painted without it)

        made = JobRunner(self)
        made.went_wrong.connect(self._fail)
        made.writing.connect(self._show_status)
        return made

    # -- the window

    def show(self) -> MainWindow:
        """Build the window in the look in use and show it, still empty."""
        look = self.look
        set_language(look.language)
        of = self._tokens()
        self._application.setPalette(palette(of))
        self._application.setStyleSheet(style_sheet(of))
        window = MainWindow(of, self._settings, _("Xiangtu"))
        install_hooks(window)
        window.search_asked.connect(self._search)
        window.settings_asked.connect(self._preferences)
        window.closing.connect(self._closing)
        window.painted.connect(partial(self._translate, look.language))
        window.set_leads_enabled(False)
        self.window = window
        window.show()
        return window

    def start(self, database: str | None, by: str | None = None) -> None:
        """Open a database, or show the first-run page where there is none yet."""
        if by:
            self.look = replace(self.look, officer=by)
        wanted = database or self.look.database
        if not wanted:
            usual = default_path()
            if usual.exists():
                wanted = str(usual)
            else:
                self._first_run(usual)
                return
        self.open_database(wanted, remember=not database)

    def open_database(
        self,
        place: str,
        then: Callable[[], object] | None = None,
        *,
        remember: bool = True,
        password: str | None = None,
    ) -> None:
        """Open a database off the window's thread; a refusal is told and leads to the first-run page.

        The first leads of a plain file are shown while SQLAlchemy is still being imported (decision 17).

        Args:
            place: a path or URL.
            then: called when it is open.
            remember: open it again next time; not for the demonstration or one named on the command line.
            password: of an encrypted one; it is asked for where it is needed, and kept nowhere.
        """
        officer = self.look.officer or None

        def opened(workspace: Workspace) -> None:
            if remember:
                self.look = replace(self.look, database=place)
                self._keep_look()
            self._opened(workspace, then)

        def open_it() -> None:
            self.runner.change(lambda: open_place(place, officer, self._folder, password), opened, refused)

        def refused(error: BaseException) -> None:
            if isinstance(error, PasswordError):
                again = partial(self.open_database, place, then, remember=remember)
                self._ask_password(place, lambda typed: again(password=typed), error)
            else:
                self._refused(error)

        def looked(rows: Sequence[Any] | None) -> None:
            if rows and self.desk is None:
                self._show_early(rows)
                QTimer.singleShot(SEEN_MS, self, open_it)  # they are painted before the imports begin
            else:
                open_it()

        if self.desk is None:
            self.runner.query(lambda: look_at(place), looked, lambda _error: open_it())
        else:
            open_it()

    def close(self) -> None:
        """Wait for what runs and close the database."""
        self._settling.stop()
        if self._backups is not None:
            self._backups.stop()
        self._changes.stop()
        if self.desk is not None and not self.desk.opening.is_open:
            self.desk.opening.failed(RuntimeError("the window was closed before the database was open"))
        self.runner.close()
        if self._workspace is not None:
            self._workspace.database.close()
            self._workspace = None

    # -- the database

    def _opened(self, workspace: Workspace, then: Callable[[], object] | None) -> None:
        from ui.reminders import Reminders  # noqa: PLC0415  (not before the first paint)
        from ui.undo import UndoStack, tell_undone  # noqa: PLC0415

        if self.window is None:
            workspace.database.close()
            return
        if self.desk is not None and self.desk.opening.is_open:  # another was open: its pages go with it
            self._renew_window()
            self._changes.stop()
            if self._workspace is not None:
                self._workspace.database.close()
        self._workspace = workspace
        desk = self.desk or self._lay_desk()
        desk.opening.opened(workspace)
        window = self._window()
        self.undo = UndoStack(desk, self)
        self.undo.changed.connect(window.set_undo)
        self.undo.done.connect(lambda done: tell_undone(done, window.toast.tell, self._tokens(), window))
        window.undo_asked.connect(self.undo.undo)
        window.redo_asked.connect(self.undo.redo)
        self._changes.listen(workspace.database)
        window.set_leads_enabled(True)
        page = self._leads()
        page.undo_asked.connect(self.undo.take_back)
        page.editing.undo_asked.connect(self.undo.undo)
        page.editing.paste_asked.connect(window.paste_asked.emit)
        page.opened()
        only_read = [_("This database may only be read; changes are not possible.")] * workspace.database.read_only
        window.set_banner("\n".join([*workspace.warnings, *only_read]))
        self._show_status()
        self._count_leads()
        self._refresh_standings()
        self._keep_backups(desk)
        Reminders(desk, lambda: window.go("agenda"), window).start()
        self._settling.start()
        QTimer.singleShot(SEEN_MS, self, add_further_faces)
        if then is not None:
            QTimer.singleShot(0, self, then)  # in a turn of its own: it may make a further page

    def _settled(self) -> None:
        self.runner.query(import_later, lambda _none: collect_again())

    def _show_early(self, rows: Sequence[Any]) -> None:
        """Show the first leads of a database that is still to be opened."""
        self._lay_desk()
        self._leads().show_early(rows)

    def _refused(self, error: BaseException | None) -> None:
        """Tell why a database was not opened (None: the user left it); where none is open, offer the ways in."""
        if self._workspace is None:
            if self.desk is not None:
                self.desk.opening.failed(error or RuntimeError("the database was not opened"))
                self._renew_window()
            self._first_run(default_path())
        if error is not None:
            self._fail(error)

    def _ask_password(self, place: str, then: Callable[[str], object], error: PasswordError) -> None:
        from ui.first_run.password_dialog import PasswordDialog  # noqa: PLC0415  (where it is needed)
        from ui.widgets.dialogs import open_dialog  # noqa: PLC0415

        dialog = PasswordDialog(name_of(place), self._tokens(), self._window(), wrong=error.given)
        dialog.typed.connect(then)
        dialog.rejected.connect(partial(self._refused, None))
        open_dialog(dialog)

    def _renew_window(self) -> None:
        """Build the window anew: its pages belong to a database that is no longer there, or to another look."""
        old, self.desk, self.undo = self.window, None, None
        if old is not None:
            old.closing.disconnect(self._closing)
            old.close()
            old.deleteLater()
        self.show().activateWindow()  # the keys go on where they went before

    def _lay_desk(self) -> Desk:
        """Make the desk for the database to come, and the pages on it."""
        from ui.desk import Desk, Opening  # noqa: PLC0415  (the frame is painted without it)
        from ui.places import Places  # noqa: PLC0415

        window = self._window()
        desk = Desk(
            Opening(),
            self.runner,
            self._tokens(),
            self._settings,
            Density(self.look.density),
            window.tell,
            self._fail,
        )
        self.desk = desk
        places = Places(
            desk,
            window,
            self._renderers,
            undo=lambda: self.undo.undo() if self.undo is not None else None,
            take_back=lambda *what: self.undo.take_back(*what) if self.undo is not None else None,
            check_ledger=self._check_ledger,
        )
        self._places = places
        window.set_places(places.every())
        window.new_asked.connect(lambda: self._leads().new_lead())
        window.paste_asked.connect(places.paste)
        window.brief_asked.connect(lambda: places.document("brief", self._leads().current_ids()[:1]))
        window.set_undo("", "")
        window.go("leads")
        return desk

    def _leads(self) -> Any:  # noqa: ANN401  (a page)
        return self._window().go("leads")

    def _window(self) -> MainWindow:
        if self.window is None:
            raise RuntimeError("no window is open")
        return self.window

    def _news(self, news: Committed) -> None:
        if self.undo is not None:
            self.undo.note(news)
        self._look_again(news)

    def _look_again(self, news: Committed) -> None:
        """Show what was changed, here or elsewhere."""
        for page in self.window.pages() if self.window is not None else ():
            page.news(news)
        if "leads" in news.kinds:
            self._count_leads()
        if news.kinds & {"leads", "communities", "funds", "rule", "rule_set", "entry"}:
            self._refresh_standings()

    def _refresh_standings(self) -> None:
        """Work out verdicts and matches that are not up to date, off the window's thread."""
        from crm.jobs.standings import refresh_standings  # noqa: PLC0415
        from ui.jobs import RunningJob  # noqa: PLC0415

        if self._workspace is None or self._workspace.database.read_only:
            return
        job = RunningJob(refresh_standings(self._workspace.database))
        job.finished.connect(self._standings_done)
        job.failed.connect(self._fail)
        self.runner.start(job, quiet=True)

    def _standings_done(self, count: int) -> None:
        for page in self.window.pages() if count and self.window is not None else ():
            if hasattr(page, "standings_changed"):  # it shows verdicts or matches
                page.standings_changed()

    def _show_status(self, writing: bool = False) -> None:  # noqa: FBT001, FBT002  (a signal's word)
        """Show whether all is saved and where, how many leads there are, the last backup and the officer."""
        if self.window is None or self._workspace is None:
            return
        place = self._workspace.database.place
        saved = _("saving …") if writing else _("✓ saved in {place}").format(place=name_of(place))
        count = ngettext("{count} lead", "{count} leads", self._count).format(count=f"{self._count:,}")
        told = (count, self._last_backup, self._workspace.user)
        self.window.set_status(saved, " · ".join(one for one in told if one), tip=place)

    def _count_leads(self) -> None:
        from crm.queries.leads import count_leads  # noqa: PLC0415  (not before the first paint)

        def counted(count: int) -> None:
            self._count = count
            self._show_status()

        if self.desk is not None:
            self.desk.ask(count_leads, counted)

    # -- asking

    def _search(self) -> None:
        if self.desk is None or self.window is None:
            return
        from ui.search import open_palette  # noqa: PLC0415

        places = self._places
        if places is None:
            return
        palette_ = open_palette(self.desk, self.window, places.commands(), places.kinds(), places.open_record)
        palette_.chosen.connect(lambda lead_id: self._leads().open_lead(lead_id))

    def _preferences(self) -> None:
        from ui.preferences.dialog import PreferencesDialog  # noqa: PLC0415
        from ui.widgets.dialogs import open_dialog  # noqa: PLC0415

        place = self._workspace.database.place if self._workspace is not None else _("none is open")
        dialog = PreferencesDialog(self.look, place, self.window)
        dialog.changed.connect(self.take_look)
        dialog.backup_asked.connect(self.back_up)
        dialog.open_asked.connect(dialog.accept)
        dialog.open_asked.connect(self._ask_database)
        open_dialog(dialog)

    def take_look(self, look: Settings) -> None:
        """Keep other preferences and build the window anew in them; the database stays open."""
        self.look = look
        self._keep_look()
        workspace = self._workspace
        self._renew_window()
        if workspace is not None:
            workspace = replace(workspace, settings=look, user=look.officer or workspace.user)
            self._opened(workspace, None)

    def _keep_look(self) -> None:
        """Write the preferences down; where that cannot be done they hold until the window is closed."""
        try:
            save_settings(self.look, self._folder)
        except UserError as error:
            self._fail(error)

    def _keep_backups(self, desk: Desk) -> None:
        from ui.backups import Backups  # noqa: PLC0415  (not before the first paint)

        if self._backups is not None:
            self._backups.stop()
            self._backups.deleteLater()
        self._backups = Backups(desk, self)
        self._backups.made.connect(self._backed_up)
        self._backups.start()

    def back_up(self) -> None:
        """Make a verified backup now and say where it is."""
        if self._backups is not None:
            self._backups.make(
                lambda made: self._window().toast.tell(_("Backed up and checked: {place}").format(place=made))
            )

    def _backed_up(self, when: str) -> None:
        self._last_backup = when
        self._show_status()

    def _ask_database(self) -> None:
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415

        from ui.widgets.dialogs import open_dialog  # noqa: PLC0415

        dialog = QFileDialog(
            self._window(), _("Open a database"), "", _("Databases ({pattern})").format(pattern="*.db")
        )
        dialog.fileSelected.connect(self.open_database)
        open_dialog(dialog)

    def _first_run(self, usual: Path) -> None:
        from ui.first_run.page import FirstRunPage  # noqa: PLC0415

        collect_again()
        page = FirstRunPage(self._tokens(), usual)
        page.database_chosen.connect(self.open_database)
        page.new_asked.connect(lambda: self._begin(usual, page.wait))
        page.import_asked.connect(lambda: self._begin(usual, page.wait, lambda: self._window().go("imports")))
        page.demonstration_asked.connect(lambda: self._demonstration(usual.parent))
        page.check_asked.connect(lambda path: self._check_ledger(path, page.tell))
        self._window().show_alone(page, _("Welcome"))
        QTimer.singleShot(SEEN_MS, self, lambda: self.runner.query(import_to_begin, lambda _none: None))

    def _begin(self, place: Path, wait: Callable[[], object], then: Callable[[], object] | None = None) -> None:
        """Make the usual database, encrypted if one wants."""
        from ui.first_run.opening import begin  # noqa: PLC0415

        def make(password: str) -> None:
            wait()
            self._window().activateWindow()  # from the dialog the keys come back here
            self.open_database(str(place), then, password=password or None)

        begin(place, make, self._tokens(), self._window())

    def _check_ledger(self, path: Path, tell: Callable[[str], None]) -> None:
        from ui.health.opening import open_health  # noqa: PLC0415  (not before one is chosen)

        compose = self._renderers["ledger_health"]
        open_health(path, self.runner, self._tokens(), self._window(), compose=compose, tell=tell, fail=self._fail)

    def _demonstration(self, folder: Path) -> None:
        from ui.first_run.opening import make_demonstration  # noqa: PLC0415

        open_it = partial(self.open_database, remember=False)
        tell = partial(self._window().set_heading, _("Welcome"))
        make_demonstration(folder, self.runner, tell, open_it, self._fail)

    # -- small things

    def _tokens(self) -> Tokens:
        theme = Theme(self.look.theme)
        return tokens(theme, system_dark=theme is Theme.SYSTEM and self._is_dark(), zoom=self.look.zoom)

    def _is_dark(self) -> bool:
        from PySide6.QtCore import Qt  # noqa: PLC0415  (it takes 13 ms, and the frame is painted without it)

        return self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _translate(self, language: str) -> None:
        """Let Qt's own dialogs speak the language too."""
        self._application.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if language != "en" and self._translator.load(QLocale(language), "qtbase", "_", folder):
            self._application.installTranslator(self._translator)

    def _fail(self, error: BaseException) -> None:
        self._show_error(self.window, error)

    def _closing(self) -> None:
        self.close()


def launch(renderers: Renderers) -> tuple[QApplication, Xiangtu]:
    """Return the program with the settings of this machine, its window not shown yet."""
    application = make_application(sys.argv[:1])
    kept = QSettings(str(settings_folder() / "window.ini"), QSettings.Format.IniFormat)
    return application, Xiangtu(application, kept, renderers)


def run(database: str | None, by: str | None, renderers: Renderers) -> int:
    """Open the window and stay until it is closed; return the exit code."""
    application, xiangtu = launch(renderers)
    xiangtu.show().painted.connect(lambda: xiangtu.start(database, by))
    code = application.exec()
    xiangtu.close()
    return code
