"""The order of the tests: those that start servers and kill runs come first, so that no worker is left with one at the end."""


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
