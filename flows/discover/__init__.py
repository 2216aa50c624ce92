"""The scout: says where new articles are, from feeds, sitemaps, listing pages and folders of saved pages."""

from flows.discover.feeds import Channel, ChannelSeen, channels, is_within, look, remembered
from flows.discover.saved import SavedPage, saved_pages

__all__ = ["Channel", "ChannelSeen", "SavedPage", "channels", "is_within", "look", "remembered", "saved_pages"]
