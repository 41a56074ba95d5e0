package template

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
)

// maxFileBytes bounds what is read at once: CloudFormation takes templates of
// up to 1 MB
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html);
// the manifest, which is not uploaded, may be somewhat more. The factor is
// chosen; no evidence.
const maxFileBytes = 8 << 20

func read(files fs.FS, name string) ([]byte, error) {
	info, err := stat(files, name)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxFileBytes {
		return nil, fmt.Errorf("%s: %d bytes are more than the %d that make sense", name, info.Size(), maxFileBytes)
	}
	return fs.ReadFile(files, name)
}

// stat says it in the same words on every system if a file is not there.
func stat(files fs.FS, name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, fmt.Errorf("%q is no path inside the assembly", name)
	}
	info, err := fs.Stat(files, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is missing", name)
	}
	return info, err
}

// keys returns the names in a JSON object in the order in which they stand.
func keys(object []byte) ([]string, error) {
	if len(object) == 0 {
		return nil, nil
	}
	d := json.NewDecoder(bytes.NewReader(object))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, fmt.Errorf("want an object")
	}
	var all []string
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		name, _ := t.(string)
		if seen[name] {
			return nil, fmt.Errorf("%q stands there twice", name)
		}
		seen[name] = true
		all = append(all, name)
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, err
		}
	}
	return all, nil
}
