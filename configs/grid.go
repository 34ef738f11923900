package configs

import (
	"fmt"
	"strings"
)

// Point is a combination of a grid's values.
type Point struct {
	Name string // such as "width = 16, steps = 100"
	Part Part
}

// Grid returns all combinations of the values that a part lists for settings,
//
//	{model.width: [16, 32], train.steps: [100, 1000]}
//
// the last setting changing fastest. A part that has none gives one point
// without a name.
func (p Part) Grid() ([]Point, error) {
	points := []Point{{}}
	if p.root == nil {
		return points, nil
	}
	var faults Faults
	for _, q := range p.root.pairs {
		if q.value.shape != list || len(q.value.items) == 0 {
			faults = append(faults, q.value.fault(q.key.text, mismatch(q.value, "a list of the values of this setting")))
			continue
		}
		var next []Point
		for _, point := range points {
			for _, value := range q.value.items {
				one, ok := setting(q.key, value)
				if !ok {
					faults = append(faults, q.key.fault(q.key.text, "want the name of a setting, such as model.width"))
					break
				}
				next = append(next, point.with(q.key.text, value, one))
			}
		}
		points = next
	}
	return points, faults.finish("", nil)
}

// setting is the tree that sets a key, such as model.width, to a value.
func setting(key, value *node) (*node, bool) {
	tree := value
	keys := strings.Split(key.text, ".")
	for i := len(keys) - 1; i >= 0; i-- {
		if keys[i] == "" {
			return nil, false
		}
		name := *key
		name.text = keys[i]
		outer := *key
		outer.shape, outer.text, outer.pairs = mapping, "", []pair{{&name, tree}}
		tree = &outer
	}
	return tree, true
}

// with is the point with one more setting.
func (p Point) with(key string, value, tree *node) Point {
	keys := strings.Split(key, ".")
	text, short := value.short()
	if !short {
		text = string(value.json(nil))
	}
	name := fmt.Sprintf("%s = %s", keys[len(keys)-1], text)
	if p.Name != "" {
		name = p.Name + ", " + name
	}
	if p.Part.root != nil {
		tree = p.Part.root.under(tree)
	}
	return Point{name, Part{tree}}
}
