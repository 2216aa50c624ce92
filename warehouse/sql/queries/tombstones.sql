SELECT hash FROM erasures;
