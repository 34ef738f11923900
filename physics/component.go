package physics

// Component says what a channel is, and so how it changes where axes are
// mirrored or swapped. From 0 on it is the component of a vector along that
// axis.
type Component int

const (
	Scalar       Component = -1 // stays what it is
	Pseudoscalar Component = -2 // changes its sign where an axis is mirrored or two are swapped, as vorticity does
)

// Oriented is an equation whose channels are not all scalars. It has one vector
// at most.
type Oriented interface {
	Equation

	// Components tells what each channel is.
	Components(dims int) []Component
}

// vector is the channels of a vector with a component along each axis.
func vector(dims int) []Component {
	all := make([]Component, dims)
	for axis := range all {
		all[axis] = Component(axis)
	}
	return all
}
