"""The scout: says where new articles are, from feeds, sitemaps, listing pages and folders of saved pages."""

from flows.discover.feeds import Channel, ChannelSeen, Memory, channels, is_within, look
from flows.discover.saved import SavedPage, saved_pages

__all__ = ["Channel", "ChannelSeen", "Memory", "SavedPage", "channels", "is_within", "look", "saved_pages"]
