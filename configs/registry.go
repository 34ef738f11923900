// Package configs turns one YAML file into Go values. It knows no physics and
// no networks: every other package registers its kinds here, from an init
// function in the kind's own file,
//
//	func init() { configs.Register("fno", func() Model { return &FNO{Width: 32} }) }
//
// and a section of type [Of] then chooses among them:
//
//	model: {kind: fno, width: 64}
//
// Reading is strict. A key nobody knows, a fraction where an integer belongs
// or a number that is not finite is a [Fault] with its line and column, and
// all the faults of a file are reported at once.
package configs

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// registry holds the blank values of every kind, by interface and by name.
// It is filled by init functions and only read afterwards.
var registry = map[reflect.Type]map[string]func() any{}

// Register makes a kind of T selectable in YAML under a name. It is called
// from an init function in the kind's own file. blank returns a pointer to a
// value that holds the kind's defaults. Register panics if the name is taken.
func Register[T any](kind string, blank func() T) {
	family := reflect.TypeFor[T]()
	if registry[family] == nil {
		registry[family] = map[string]func() any{}
	}
	if registry[family][kind] != nil {
		panic(fmt.Sprintf("configs: %v %q registered twice", family, kind))
	}
	registry[family][kind] = func() any { return blank() }
}

// Kinds returns the registered names of T in alphabetical order.
func Kinds[T any]() []string { return kinds(reflect.TypeFor[T]()) }

func kinds(family reflect.Type) []string {
	return slices.Sorted(maps.Keys(registry[family]))
}

// New returns a value of the named kind, with its defaults. The error of an
// unknown kind names the known ones.
func New[T any](kind string) (T, error) {
	family := reflect.TypeFor[T]()
	blank := registry[family][kind]
	if blank == nil {
		var none T
		return none, fmt.Errorf("%v: %s", family, Unknown("kind", kind, kinds(family)))
	}
	return blank().(T), nil
}

// Of is a T chosen in YAML by its kind: a mapping whose "kind" key names it
// and whose other keys are the exported fields of that kind, or a bare string
// for the kind with its defaults. Kind is "" and Value nil when the
// configuration does not have the section.
type Of[T any] struct {
	Kind  string
	Value T
}

// chooser is what every *Of[T] can do, whatever its T.
type chooser interface {
	family() reflect.Type
	chosen() (kind string, value any)
	choose(kind string) error
}

func (o *Of[T]) family() reflect.Type { return reflect.TypeFor[T]() }

func (o *Of[T]) chosen() (string, any) { return o.Kind, o.Value }

func (o *Of[T]) choose(kind string) error {
	value, err := New[T](kind)
	if err != nil {
		return err
	}
	o.Kind, o.Value = kind, value
	return nil
}
