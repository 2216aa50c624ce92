SELECT count(*) FROM "{table}";
