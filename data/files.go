package data

import "slices"

// Files lists the files that the samples are from.
func (f *File) Files() []string {
	var all []string
	for _, path := range []string{f.Train, f.Test} {
		if path == "" {
			continue
		}
		all = append(all, path)
		for _, name := range []string{f.Parameters, f.Fields} {
			if file, _ := beside(path, name); name != "" && !slices.Contains(all, file) {
				all = append(all, file)
			}
		}
	}
	return all
}

// Files lists the file of the solution, if it is from one.
func (p *Points) Files() []string {
	if p.Reference == "" {
		return nil
	}
	return []string{p.Reference}
}
