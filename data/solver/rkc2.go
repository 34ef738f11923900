package solver

import (
	"fmt"
	"math"

	"eddy/configs"
)

func init() {
	configs.Register("rkc2", func() Integrator { return &RKC2{Stages: 200} })
}

// RKC2 is the Runge–Kutta–Chebyshev method of order 2: explicit, with as many
// stages as diffusion needs. s stages are stable for steps of about s²/3 times
// those of Euler's method, so that a step which is k times as long costs √k
// as much. Stages are chosen before each step from the bounds of the spectrum.
//
// The stability polynomial a + b T_s(w₀ + w₁ z) is at most 1 in the ellipse
//
//	(x + α)²/α² + y²/β² ≤ 1,  α = w₀/w₁,  β = √(w₀² − 1)/w₁,
//
// whose image is the ellipse with foci ±1 through w₀ = 1 + ε/s², where |T_s| is
// at most T_s(w₀). It is as wide as the diffusion is strong, and as high as the
// damping ε: 2/13 without convection, more where that needs it.
//
// Good values: substeps that resolve the motion in time, as there is no other
// limit where diffusion is fast.
//
// Ref: Sommeijer, Shampine & Verwer, J. Comput. Appl. Math. 88 (1998) 315;
// Verwer, Sommeijer & Hundsdorfer, J. Comput. Phys. 201 (2004) 61: convection.
type RKC2 struct {
	Stages int `range:"[2,10000]" doc:"most stages of a step; a step that needs more is refused"`
}

// The damping, and how far it is raised for convection: from 20 on stages are
// no use, as shorter steps do the same.
const (
	leastDamping = 2. / 13
	mostDamping  = 20
)

// Scratch is 4: f(u), f of a stage, two stages.
func (*RKC2) Scratch() int { return 4 }

// chebyshev is the ellipse of a number of stages and a damping.
type chebyshev struct {
	stages int
	w0, w1 float64
}

func newChebyshev(stages int, damping float64) chebyshev {
	s := float64(stages)
	w0 := 1 + damping/(s*s)
	angle := math.Acosh(w0)
	t, slope := math.Cosh(s*angle), s*math.Sinh(s*angle)/math.Sinh(angle)
	curvature := (s*s*t - w0*slope) / (w0*w0 - 1) // by the differential equation of T_s
	return chebyshev{stages, w0, slope / curvature}
}

// width is the width of the ellipse, 2α.
func (c chebyshev) width() float64 { return 2 * c.w0 / c.w1 }

// ratio is the largest i²/r of the ellipses that touch 0 and are in this one,
// if they are not wider: β²/2α.
func (c chebyshev) ratio() float64 { return (c.w0*c.w0 - 1) / (2 * c.w0 * c.w1) }

// choose returns the fewest stages, with the least damping, that are stable.
func (k *RKC2) choose(dt float64, s Spectrum) (chebyshev, error) {
	if !s.finite() {
		return chebyshev{}, fmt.Errorf("unstable: the rate of change has no bound")
	}
	for damping := leastDamping; damping <= mostDamping; damping *= 1.5 {
		c := newChebyshev(2, damping)
		for c.width() < dt*s.Real {
			if c.stages == k.Stages {
				return c, fmt.Errorf("unstable: the step needs more than stages = %d; take more substeps", k.Stages)
			}
			c = newChebyshev(c.stages+1, damping)
		}
		if dt*s.Ratio <= c.ratio() {
			return c, nil
		}
	}
	return chebyshev{}, fmt.Errorf("unstable: convection is too fast for the diffusion; take more substeps, or rk4")
}

// Step implements [Integrator].
func (k *RKC2) Step(u []float64, dt float64, f ODE, scratch [][]float64) error {
	c, err := k.choose(dt, f.Spectrum(u))
	if err != nil {
		return err
	}
	rate0, rate, older, v := scratch[0], scratch[1], scratch[2], scratch[3]
	f.Rate(rate0, u)
	// T_j(w₀), its derivatives and b_j = T″/T′² of the stage before and of the
	// one before that; a = 1 − b T.
	t, tOlder, slope, slopeOlder, curvature, curvatureOlder := c.w0, 1.0, 1.0, 0.0, 0.0, 0.0
	b := 1 / (4 * c.w0 * c.w0)
	bOlder, a := b, 1-b*t
	copy(older, u)
	for i, w := range u {
		v[i] = w + b*c.w1*dt*rate0[i]
	}
	for range c.stages - 1 {
		t, tOlder, slope, slopeOlder, curvature, curvatureOlder =
			2*c.w0*t-tOlder, t, 2*(c.w0*slope+t)-slopeOlder, slope, 2*c.w0*curvature+4*slope-curvatureOlder, curvature
		bNext := curvature / (slope * slope)
		mu, nu, muRate := 2*bNext*c.w0/b, -bNext/bOlder, 2*bNext*c.w1/b*dt
		f.Rate(rate, v)
		for i, w := range u {
			older[i] = (1-mu-nu)*w + mu*v[i] + nu*older[i] + muRate*(rate[i]-a*rate0[i])
		}
		older, v = v, older
		b, bOlder, a = bNext, b, 1-bNext*t
	}
	copy(u, v)
	return nil
}
