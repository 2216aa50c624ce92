SELECT * FROM articles WHERE replaced_by IS NOT NULL AND current_revision_id IS NOT NULL;
