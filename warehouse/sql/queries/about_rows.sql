SELECT key, value, meaning FROM about;
