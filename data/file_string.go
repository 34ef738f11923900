package data

// String names the file that is reported on, for the tables that quote it.
func (f *File) String() string { return f.Test }
