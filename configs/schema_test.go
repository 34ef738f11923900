package configs_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"eddy/configs"
)

// find follows a path of keys and indices into decoded JSON.
func find(t *testing.T, v any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch step := step.(type) {
		case string:
			v = v.(map[string]any)[step]
		case int:
			v = v.([]any)[step]
		}
	}
	return v
}

func TestSchema(t *testing.T) {
	text, err := configs.Schema(defaults())
	if err != nil {
		t.Fatal(err)
	}
	r := defaults()
	if again, err := configs.Schema(&r); err != nil || !bytes.Equal(text, again) {
		t.Errorf("two schemas of the same type differ: %v", err)
	}
	var s any
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	const models = "eddy.configs_test.model"
	tests := []struct {
		path []any
		want string
	}{
		{[]any{"$schema"}, `"https://json-schema.org/draft/2020-12/schema"`},
		{[]any{"additionalProperties"}, `false`},
		{[]any{"required"}, `["problem"]`},
		{[]any{"properties", "name"}, `{"default":"","type":"string"}`},
		{[]any{"properties", "seed"}, `{"default":0,"minimum":0,"type":"integer"}`},
		{[]any{"properties", "precision"},
			`{"default":"float32","description":"of the network's numbers","enum":["float32","float64"],"type":"string"}`},
		{[]any{"properties", "problem", "properties", "dt"},
			`{"description":"time between two states","exclusiveMinimum":0,"type":"number"}`},
		{[]any{"properties", "problem", "required"}, `["dt"]`},
		{[]any{"properties", "problem", "properties", "grid", "properties", "points"},
			`{"default":[],"items":{"maximum":65536,"minimum":4,"type":"integer"},"type":"array"}`},
		{[]any{"properties", "train", "properties", "shuffle"}, `{"default":true,"type":"boolean"}`},
		{[]any{"properties", "loss", "items"}, `{"$ref":"#/$defs/eddy.configs_test.loss"}`},
		{[]any{"properties", "model"}, `{"$ref":"#/$defs/` + models + `"}`},
		{[]any{"properties", "optimizer", "default"}, `{"betas":[0.9,0.999],"eps":1e-8,"kind":"adam"}`},
		{[]any{"$defs", "eddy.configs_test.optimizer", "oneOf", 1, "properties", "betas"},
			`{"default":[0.9,0.999],"items":{"exclusiveMaximum":1,"minimum":0,"type":"number"},"maxItems":2,"minItems":2,"type":"array"}`},
		{[]any{"$defs", models, "oneOf", 0}, `{"enum":["deeponet","fno","repeat"],"type":"string"}`},
		{[]any{"$defs", models, "oneOf", 2, "properties", "kind"}, `{"const":"fno"}`},
		{[]any{"$defs", models, "oneOf", 2, "properties", "width"}, `{"default":32,"maximum":4096,"minimum":1,"type":"integer"}`},
		{[]any{"$defs", models, "oneOf", 2, "additionalProperties"}, `false`},
		{[]any{"$defs", models, "oneOf", 2, "required"}, `["kind"]`},
		{[]any{"$defs", models, "oneOf", 3, "properties", "model"}, `{"$ref":"#/$defs/` + models + `"}`},
	}
	for _, test := range tests {
		got, err := json.Marshal(find(t, s, test.path...))
		if err != nil || string(got) != test.want {
			t.Errorf("%v: got %s, want %s", test.path, got, test.want)
		}
	}
}

func TestSchemaRefuses(t *testing.T) {
	type tree struct{ Branches []tree }
	type family interface{ none() }
	for part, v := range map[string]any{
		"contains itself":     tree{},
		"no kinds of":         struct{ F configs.Of[family] }{},
		"want a struct":       3,
		"cannot describe":     nil,
		"f: 1: NaN is not":    struct{ F []float64 }{[]float64{1, notANumber()}},
		"without the name of": struct{ C configs.Of[model] }{configs.Of[model]{Value: &fno{}}},
	} {
		if _, err := configs.Schema(v); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%T: got %v, want %q", v, err, part)
		}
	}
}
