"""The timeline: dated records in lanes over a calendar axis, with the rules in force behind them."""

from chipscape_desktop.figures.timeline.figure import TimelineFigure

FIGURE = TimelineFigure()
