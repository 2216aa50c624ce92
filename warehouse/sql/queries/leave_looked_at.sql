USE memory;
DETACH looked_at;
