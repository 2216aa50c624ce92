ATTACH '{path}' AS looked_at;
CHECKPOINT looked_at;
DETACH looked_at;
