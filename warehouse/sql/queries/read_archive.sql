SELECT archive_id, is_sample, content_version FROM archive;
