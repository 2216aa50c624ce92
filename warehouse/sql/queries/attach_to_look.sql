ATTACH '{path}' AS looked_at (READ_ONLY);
