ATTACH '{path}' AS replayed (READ_ONLY);
