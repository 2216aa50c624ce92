UPDATE archive SET is_sample = ?;
