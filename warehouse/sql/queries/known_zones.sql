SELECT name FROM pg_timezone_names();
