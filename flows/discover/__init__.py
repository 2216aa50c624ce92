"""The scout: says where new articles are, from feeds, sitemaps, listing pages and folders of saved pages."""

from flows.discover.feeds import Channel, ChannelSeen, channels, look
from flows.discover.saved import SavedPage, saved_pages

__all__ = ["Channel", "ChannelSeen", "SavedPage", "channels", "look", "saved_pages"]
