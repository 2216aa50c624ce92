UPDATE runs SET ended_at = ?, state = ?, summary = ? WHERE run_id = ? RETURNING run_id;
