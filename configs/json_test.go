package configs_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"eddy/configs"

	"go.yaml.in/yaml/v4"
)

// JSON and YAML of a configuration say the same.
func TestJSON(t *testing.T) {
	r := defaults()
	if err := configs.Parse("x", valid(t), &r); err != nil {
		t.Fatal(err)
	}
	r.Name = "a \"name\"\\ über 1.5"
	text, err := configs.JSON(&r)
	if err != nil {
		t.Fatal(err)
	}
	asYAML, err := configs.Marshal(&r)
	if err != nil {
		t.Fatal(err)
	}
	var got, want any
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if err := yaml.Unmarshal(asYAML, &want); err != nil {
		t.Fatal(err)
	}
	// Numbers of both as those of JSON.
	canonical, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(canonical, &want); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s\nis not\n%s", text, asYAML)
	}
	if _, err := configs.JSON(3); err == nil {
		t.Error("a number was written as a configuration")
	}
}
