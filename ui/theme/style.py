"""Palette and style sheet of a theme, generated from its tokens."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from crm.resources import resource_folder
from ui.theme.faces import FAMILIES
from ui.theme.tokens import (
    BODY,
    CARD,
    FIGURE,
    META,
    PAGE,
    PRIMARY_BUTTON,
    RADIUS_CARD,
    RADIUS_CONTROL,
    RECORD,
    TOAST,
    Tokens,
)

Role = QPalette.ColorRole


def palette(of: Tokens) -> QPalette:
    """Return the palette: what a style sheet does not reach (and other styles than ours) is right too."""
    colours = {
        Role.Window: of.background,
        Role.WindowText: of.text,
        Role.Base: of.surface,
        Role.AlternateBase: of.hover,
        Role.Text: of.text,
        Role.PlaceholderText: of.text3,
        Role.Button: of.surface,
        Role.ButtonText: of.text,
        Role.ToolTipBase: of.raised,
        Role.ToolTipText: of.text,
        Role.Highlight: of.selection,
        Role.HighlightedText: of.text,
        Role.Link: of.primary.strong,
        Role.Mid: of.line,
    }
    made = QPalette()
    for role, colour in colours.items():
        made.setColor(role, QColor(colour))
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(of.text3))
    return made


def style_sheet(of: Tokens) -> str:
    """Return the style sheet of the whole window."""
    return "\n".join((_base(of), _frame(of), _buttons(of), _inputs(of), _lists(of), _cards(of)))


def _base(of: Tokens) -> str:
    faces = ", ".join(f'"{each}"' for each in FAMILIES)
    return f"""
* {{ font-family: {faces}; font-size: {of.px(BODY)}px; color: {of.text}; outline: none; }}
QMainWindow, QDialog, #page {{ background: {of.background}; }}
QLabel {{ background: transparent; }}
QLabel[role="meta"] {{ color: {of.text3}; font-size: {of.px(META)}px; }}
QLabel[role="second"] {{ color: {of.text2}; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="card"] {{ font-size: {of.px(CARD)}px; font-weight: 600; }}
QLabel[role="record"] {{ font-size: {of.px(RECORD)}px; font-weight: 600; }}
QLabel[role="figure"] {{ font-size: {of.px(FIGURE)}px; font-weight: 600; }}
QLabel[role="page"] {{ font-size: {of.px(PAGE)}px; font-weight: 600; }}
QLabel[tone="ok"] {{ color: {of.ok.strong}; }}
QLabel[tone="bad"] {{ color: {of.bad.strong}; }}
QLabel[tone="warn"] {{ color: {of.warn.strong}; }}
QLabel[tone="primary"] {{ color: {of.primary.strong}; }}
QToolTip {{ background: {of.raised}; color: {of.text}; border: 1px solid {of.line}; padding: 4px 6px; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QScrollArea:focus, QPdfView:focus {{ border: 1px solid {of.primary.strong}; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {of.field}; border-radius: 4px; min-height: 28px; min-width: 28px; margin: 1px; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar[idle="true"]::handle {{ background: transparent; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    background: transparent; width: 0; height: 0; }}
QSplitter::handle {{ background: {of.line}; }}
QMenu {{ background: {of.raised}; border: 1px solid {of.line}; padding: 4px; }}
QMenu::item {{ padding: 6px 16px 6px 12px; border-radius: 4px; min-width: 96px; }}
QMenu::indicator {{ width: 14px; height: 14px; left: 8px; }}
QMenu::indicator:checked {{ image: url("{_icon(_side(of, "check"))}"); }}
QMenu::indicator:unchecked {{ image: none; }}
QMenu::item:selected {{ background: {of.selection}; }}
QMenu::item:disabled {{ color: {of.text3}; }}
QMenu::separator {{ height: 1px; background: {of.line}; margin: 4px 8px; }}
QMenuBar {{ background: {of.side}; border-bottom: 1px solid {of.line}; }}
QMenuBar::item {{ padding: 4px 10px; background: transparent; }}
QMenuBar::item:selected {{ background: {of.selection}; border-radius: 4px; }}
"""


def _frame(of: Tokens) -> str:
    return f"""
#side {{ background: {of.side}; border-right: 1px solid {of.line}; }}
#brandMark {{ background: {PRIMARY_BUTTON[of.dark]}; color: {of.on_primary}; border-radius: {RADIUS_CARD}px;
    font-size: {of.px(RECORD)}px; font-weight: 600; }}
#side QToolButton {{ border: none; border-radius: {RADIUS_CONTROL}px; padding: 0 10px; text-align: left;
    color: {of.text2}; background: transparent; min-height: 32px; }}
#side QToolButton:hover {{ background: {of.hover}; }}
#side QToolButton:focus {{ border: 1px solid {of.primary.strong}; }}
#side QToolButton:checked {{ background: {of.primary.soft}; color: {of.primary.strong}; font-weight: 600; }}
#sideSection {{ color: {of.text3}; font-size: {of.px(META)}px; padding: 10px 10px 2px 10px; }}
#header {{ background: {of.surface}; border-bottom: 1px solid {of.line}; }}
#status {{ background: {of.surface}; border-top: 1px solid {of.line}; }}
#status QLabel {{ color: {of.text2}; font-size: {of.px(META)}px; }}
#warning {{ background: {of.warn.soft}; border-radius: {RADIUS_CONTROL}px; }}
#foot {{ background: {of.surface}; border-top: 1px solid {of.line}; }}
#banner {{ background: {of.warn.soft}; border-bottom: 1px solid {of.line}; }}
#banner QLabel {{ color: {of.warn.strong}; }}
#toast {{ background: {TOAST[of.dark].ground}; border-radius: {RADIUS_CARD}px; }}
#toast QLabel {{ color: {TOAST[of.dark].text}; }}
#toast QPushButton {{ color: {TOAST[of.dark].act}; font-weight: 600; }}
#toast QPushButton:focus {{ border-color: {TOAST[of.dark].act}; }}
"""


def _buttons(of: Tokens) -> str:
    solid = PRIMARY_BUTTON[of.dark]
    return f"""
QPushButton {{ background: {of.surface}; border: 1px solid {of.field}; border-radius: {RADIUS_CONTROL}px;
    padding: 0 12px; min-height: 30px; color: {of.text}; }}
QPushButton:hover {{ background: {of.hover}; }}
QPushButton:focus {{ border: 2px solid {of.primary.strong}; padding: 0 11px; min-height: 28px; }}
QPushButton:disabled {{ color: {of.text3}; border-color: {of.line}; }}
QPushButton[role="primary"] {{ background: {solid}; border-color: {solid}; color: {of.on_primary}; font-weight: 600; }}
QPushButton[role="primary"]:focus {{ border-color: {of.text}; }}
QPushButton[role="primary"]:disabled {{ background: {of.line}; border-color: {of.line}; color: {of.text2}; }}
QPushButton[role="soft"] {{ background: {of.primary.soft}; border-color: {of.primary.soft};
    color: {of.primary.strong}; }}
QPushButton[role="soft"]:focus {{ border-color: {of.primary.strong}; }}
QPushButton[role="danger"] {{ color: {of.bad.strong}; }}
QPushButton[role="soft"]:disabled, QPushButton[role="danger"]:disabled {{ background: {of.surface};
    border-color: {of.line}; color: {of.text3}; }}
QPushButton[role="way"] {{ text-align: left; padding: 0; border-color: {of.line}; border-radius: {RADIUS_CARD}px; }}
QPushButton[role="way"]:focus {{ padding: 0; border: 2px solid {of.primary.strong}; }}
QPushButton[role="link"], QToolButton[role="link"] {{ background: transparent; border: 1px solid transparent;
    color: {of.primary.strong}; padding: 0 4px; min-height: 24px; }}
QPushButton[role="link"]:focus, QToolButton[role="link"]:focus {{ border: 1px solid {of.primary.strong};
    padding: 0 4px; min-height: 24px; }}
QPushButton[role="link"][flush="true"] {{ padding: 0; min-height: 18px; text-align: left; }}
QPushButton[role="link"][flush="true"]:focus {{ padding: 0; min-height: 18px; }}
QPushButton[role="link"]:disabled {{ color: {of.text3}; }}
QPushButton[role="chip"] {{ padding: 0 10px; min-height: 26px; color: {of.text2}; }}
QPushButton[role="chip"][menu="true"] {{ padding: 0 26px 0 10px; }}
QPushButton[role="chip"][on="true"] {{ background: {of.primary.soft}; border-color: {of.primary.strong};
    color: {of.primary.strong}; }}
QPushButton[role="chip"]:focus {{ border: 2px solid {of.primary.strong}; padding: 0 9px; min-height: 24px; }}
QPushButton[role="chip"][menu="true"]:focus {{ padding: 0 25px 0 9px; min-height: 24px; }}
QToolButton {{ border: 1px solid transparent; border-radius: {RADIUS_CONTROL}px; padding: 4px;
    background: transparent; }}
QToolButton:hover {{ background: {of.hover}; }}
QToolButton:focus {{ border: 1px solid {of.primary.strong}; }}
QToolButton::menu-indicator, QPushButton::menu-indicator {{ image: none; width: 0; }}
QTabBar {{ background: transparent; qproperty-drawBase: 0; }}
QTabBar::tab {{ background: transparent; border: none; border-bottom: 2px solid transparent; padding: 8px 5px;
    margin-right: 8px; color: {of.text2}; }}
QTabBar::tab:selected {{ color: {of.primary.strong}; border-bottom: 2px solid {of.primary.strong}; font-weight: 600; }}
QTabBar::tear {{ image: none; width: 0; }}
#peekHead QTabBar::tab {{ padding: 8px 5px; margin-right: 4px; }}
QTabBar QToolButton {{ background: {of.surface}; border: none; width: 18px; padding: 0; }}
QTabBar::tab:selected:focus {{ background: {of.primary.soft}; border: 1px solid {of.primary.strong};
    border-bottom: 2px solid {of.primary.strong}; border-radius: 4px; padding: 7px 4px 8px 4px; }}
"""


def _inputs(of: Tokens) -> str:
    return f"""
QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateEdit {{ background: {of.surface}; color: {of.text};
    border: 1px solid {of.field}; border-radius: {RADIUS_CONTROL}px; padding: 0 8px; min-height: 30px;
    selection-background-color: {of.primary.strong}; selection-color: {of.surface}; }}
QTextEdit, QPlainTextEdit {{ padding: 4px 6px; }}
QLineEdit:focus, QTextEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 1px solid {of.primary.strong}; }}
QLineEdit[wrong="true"] {{ border: 1px solid {of.bad.strong}; }}
QLineEdit:disabled, QComboBox:disabled {{ color: {of.text3}; background: {of.background}; }}
#search {{ background: {of.background}; border: 1px solid {of.line}; }}
#search:focus {{ border: 2px solid {of.primary.strong}; }}
#search QLabel {{ color: {of.text3}; }}
#search #keys {{ background: {of.surface}; border: 1px solid {of.line}; border-radius: 4px; padding: 0 7px; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: url("{_icon(_side(of, "down"))}"); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{ background: {of.raised}; border: 1px solid {of.line};
    selection-background-color: {of.selection}; selection-color: {of.text}; }}
QCheckBox, QRadioButton {{ spacing: 8px; background: transparent; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {of.mark};
    background: {of.surface}; border-radius: 4px; }}
QRadioButton::indicator {{ border-radius: 8px; }}
QCheckBox::indicator:checked {{ background: {PRIMARY_BUTTON[of.dark]}; border-color: {PRIMARY_BUTTON[of.dark]};
    image: url("{_icon("check-white")}"); }}
QRadioButton::indicator:checked {{ border: 5px solid {of.primary.strong}; width: 6px; height: 6px; }}
QCheckBox:focus, QRadioButton:focus {{ color: {of.primary.strong}; }}
QSlider:focus {{ border: 1px solid {of.primary.strong}; border-radius: 4px; }}
QSlider::groove:horizontal {{ height: 4px; background: {of.line}; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {of.primary.strong}; border-radius: 2px; }}
QSlider {{ min-height: 20px; }}
QSlider::handle:horizontal {{ width: 12px; margin: -6px 0; border-radius: 8px;
    background: {of.primary.strong}; border: 2px solid {of.surface}; }}
QProgressBar {{ background: {of.line}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {of.primary.strong}; border-radius: 3px; }}
"""


def _side(of: Tokens, name: str) -> str:
    return f"{name}-{'dark' if of.dark else 'light'}"


def _icon(name: str) -> str:
    return (resource_folder() / "icons" / f"{name}.svg").as_posix()


def _lists(of: Tokens) -> str:
    return f"""
QTableView, QListView, QTreeView, QTableWidget {{ background: {of.surface}; border: 1px solid {of.line};
    border-radius: {RADIUS_CARD}px; gridline-color: {of.line}; selection-background-color: transparent;
    selection-color: {of.text}; alternate-background-color: {of.hover}; }}
#lines {{ selection-background-color: {of.selection}; }}
#lines::item {{ padding: 0 5px; }}
#form {{ selection-background-color: {of.selection}; }}
#form::item:selected {{ border: 2px solid {of.primary.strong}; color: {of.text}; }}
#answers {{ border: none; background: transparent; selection-background-color: {of.selection}; }}
QListWidget#entries::item {{ padding: 6px 4px; border-bottom: 1px solid {of.line}; }}
QListWidget#entries::item:selected {{ background: {of.selection}; border-left: 3px solid {of.primary.strong}; }}
QTableView:focus, QListView:focus {{ border: 1px solid {of.primary.strong}; }}
#laneBox {{ background: {of.side}; border: 1px solid {of.side}; border-radius: {RADIUS_CARD}px; }}
#laneBox[over="true"] {{ border: 1px solid {of.primary.strong}; background: {of.primary.soft}; }}
#lane, #lane:focus, #today, #today:focus {{ background: transparent; border: none; }}
QHeaderView {{ background: {of.surface}; border: none; border-top-left-radius: {RADIUS_CARD}px; }}
QHeaderView::section {{ background: {of.surface}; color: {of.text3}; border: none;
    border-bottom: 1px solid {of.line}; padding: 0 8px; min-height: 34px; font-size: {of.px(META)}px; }}
QHeaderView::section:hover {{ color: {of.text}; }}
QTableWidget::item {{ padding: 0 5px; }}
QTableCornerButton::section {{ background: {of.surface}; border: none; }}
"""


def _cards(of: Tokens) -> str:
    tones = "\n".join(
        f'QLabel[pill="{name}"] {{ background: {tone.soft}; color: {tone.strong}; border-radius: 10px;'
        f" padding: 1px 8px; font-size: {of.px(META)}px; font-weight: 500; }}"
        for name, tone in (
            ("ok", of.ok),
            ("warn", of.warn),
            ("bad", of.bad),
            ("info", of.info),
            ("violet", of.violet),
            ("grey", of.grey),
            ("primary", of.primary),
        )
    )
    return f"""
#card {{ background: {of.surface}; border: 1px solid {of.line}; border-radius: {RADIUS_CARD}px; }}
#peek {{ background: {of.background}; }}
#peekHead {{ background: {of.surface}; border-bottom: 1px solid {of.line}; }}
#cellEditor {{ background: {of.surface}; border: 2px solid {of.primary.strong}; border-radius: {RADIUS_CONTROL}px; }}
#quote {{ background: {of.background}; border-radius: {RADIUS_CONTROL}px; }}
#line {{ background: {of.line}; max-height: 1px; min-height: 1px; }}
{tones}
"""
