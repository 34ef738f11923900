package models

import (
	"fmt"
	"slices"

	"eddy/internal/kernel"
)

// Activation is the nonlinearity between the layers of a network.
type Activation int

const (
	Tanh Activation = iota
	Sine
	GELU
	SiLU
	ReLU
	GELUTanh // GELU by tanh, the default of JAX
	TanhSin  // x + tanh sin π(x+1)
)

var (
	activationNames   = []string{"tanh", "sin", "gelu", "silu", "relu", "gelu_tanh", "tanh_sin"}
	activationKernels = []kernel.Activation{kernel.Tanh, kernel.Sin, kernel.GELU, kernel.SiLU, kernel.ReLU, kernel.GELUTanh, kernel.TanhSin}
)

func (a Activation) String() string            { return activationNames[a] }
func (a Activation) kernel() kernel.Activation { return activationKernels[a] }

// Names lists the activations as a configuration spells them.
func (Activation) Names() []string { return activationNames }

// MarshalText implements encoding.TextMarshaler.
func (a Activation) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (a *Activation) UnmarshalText(text []byte) error {
	i := slices.Index(activationNames, string(text))
	if i < 0 {
		return fmt.Errorf("activation = %q, want one of %v", text, activationNames)
	}
	*a = Activation(i)
	return nil
}
