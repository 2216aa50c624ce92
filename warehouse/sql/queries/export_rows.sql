FROM "{table}";
