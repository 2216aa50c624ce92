UPDATE captures SET digest = changed.after FROM changed WHERE captures.digest = changed.before;
