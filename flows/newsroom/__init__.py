"""The sample newsroom: invented papers that tell the same visits from both sides, served on loopback."""

from flows.newsroom.server import Newsroom
from flows.newsroom.site import Page, Site, open_site
from flows.newsroom.stories import NewsroomError, Paper, Story, TrueVisit, load_papers, load_stories

__all__ = [
    "Newsroom", "NewsroomError", "Page", "Paper", "Site", "Story", "TrueVisit", "load_papers", "load_stories",
    "open_site",
]  # fmt: skip
