DETACH replayed;
