CHECKPOINT published;
