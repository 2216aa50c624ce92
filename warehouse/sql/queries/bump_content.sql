UPDATE archive SET content_version = content_version + 1;
