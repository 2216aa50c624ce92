USE looked_at;
