package train

import (
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/models"
)

// networks are the kinds of model at a size that trains in no time.
var networks = map[string]string{
	"fno":            "{kind: fno, modes: [3], width: 4, blocks: 1}",
	"convnet":        "{kind: convnet, width: 4, depth: 1}",
	"resnet":         "{kind: resnet, width: 4, blocks: 1}",
	"preact_resnet":  "{kind: preact_resnet, width: 4, blocks: 1}",
	"dilated_resnet": "{kind: dilated_resnet, width: 4, blocks: 1, dilations: [1, 2]}",
	"classic_unet":   "{kind: classic_unet, width: 4, levels: 1}",
	"unet":           "{kind: unet, width: 4, growth: [1, 2], blocks: 1}",
	"deeponet":       "{kind: deeponet, basis: 4, width: 4}",
	"multionet":      "{kind: multionet, width: 6, layers: 2}",
	"coordinates":    "{kind: coordinates, width: 4, layers: 1}",
	"residual":       "{kind: residual, model: {kind: convnet, width: 4, depth: 1}}",
	"conditioned":    "{kind: conditioned, model: {kind: convnet, width: 4, depth: 1}}",
	"blind":          "{kind: blind, model: {kind: convnet, width: 4, depth: 1}}",
	"physical":       "{kind: physical, model: {kind: convnet, width: 4, depth: 1}}",
}

// steps are the methods that take a state to the next and ask for nothing else.
var steps = []string{"supervised", "pushforward", "diverted_chain", "noisy", "unlabelled", "operator"}

// refused is what the refusal of a method's kind of task says, for each model;
// with those that are not listed a model trains.
var refused = map[string]map[string]string{
	"convnet":        {"pinn": "convnet: maps a state on a grid"},
	"resnet":         {"pinn": "resnet: maps a state on a grid"},
	"preact_resnet":  {"pinn": "preact_resnet: maps a state on a grid"},
	"dilated_resnet": {"pinn": "dilated_resnet: maps a state on a grid"},
	"classic_unet":   {"pinn": "classic_unet: maps a state on a grid"},
	"unet":           {"pinn": "unet: maps a state on a grid"},
	"fno":            {"pinn": "fno: maps a state on a grid"},
	"deeponet":       {"pinn": "deeponet: maps a state on a grid"},
	"multionet":      {"pinn": "multionet: maps a state on a grid"},
	"coordinates":    saying("coordinates: is a function of the place alone", append(steps, "refiner", "spacetime")),
	"residual":       saying("residual: forecasts the change", []string{"supervised", "pushforward", "refiner", "spacetime", "pinn"}), // two of them are tried with bundles of frames
	"conditioned":    saying("conditioned: adds conditions to the state", append(steps, "spacetime", "pinn")),
	"physical":       {"pinn": "convnet: maps a state on a grid"},
	"blind":          saying("blind: keeps conditions from the network", append(steps, "spacetime", "pinn")),
}

// saying gives each method the same refusal.
func saying(text string, methods []string) map[string]string {
	all := map[string]string{}
	for _, m := range methods {
		all[m] = text
	}
	return all
}

// TestModelsAndMethods opens every method with every model. A pair that fits
// takes two steps and forecasts; any other is refused before anything is
// trained, by a message that names the model and what it lacks.
func TestModelsAndMethods(t *testing.T) {
	for _, model := range configs.Kinds[models.Model]() {
		if networks[model] == "" {
			t.Errorf("%s: the test has no network of this kind", model)
			continue
		}
		for _, method := range configs.Kinds[Method]() {
			t.Run(model+" "+method, func(t *testing.T) {
				settings := slices.Concat([]string{"method.kind=" + method}, overrides[method], []string{"model=" + networks[model]})
				s, err := experiment(t, settings...).Open()
				want := refused[model][method]
				switch {
				case err != nil && (want == "" || !strings.Contains(err.Error(), want)):
					t.Fatalf("got %v, want an error about %q", err, want)
				case err != nil:
					return
				}
				defer s.Close()
				if want != "" {
					t.Fatalf("opened, want an error about %q", want)
				}
				takeSteps(t, s, 2)
				_, err = s.Method.Value.Predictor(s.model, s.On)
				check(t, err)
			})
		}
	}
}
