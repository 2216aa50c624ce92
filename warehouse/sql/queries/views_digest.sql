SELECT digest FROM migrations WHERE number = 0;
