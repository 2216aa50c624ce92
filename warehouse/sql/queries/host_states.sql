SELECT host, rest_until, failures FROM hosts WHERE failures > 0 OR rest_until > $now ORDER BY host;
