DELETE FROM unresolved_dyads;
