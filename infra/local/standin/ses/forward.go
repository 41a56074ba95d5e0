package ses

import (
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// forwarder gives up on an inbox that does not answer. Chosen; it answers in
// a few ms.
var forwarder = &http.Client{Timeout: 5 * time.Second}

// forward hands a copy to aws-ses-v2-local, which takes the same call.
func forward(inbox string, m *Message) error {
	form := url.Values{
		"Action": {"SendRawEmail"}, "Version": {"2010-12-01"}, "Source": {m.Source},
		"RawMessage.Data": {base64.StdEncoding.EncodeToString(m.Raw)},
	}
	req, err := http.NewRequest(http.MethodPost, strings.TrimSuffix(inbox, "/")+"/", strings.NewReader(form.Encode()))
	if err != nil {
		return fmt.Errorf("forward message %s: %w", m.ID, err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=local") // any will do
	res, err := forwarder.Do(req)
	if err != nil {
		return fmt.Errorf("forward message %s: %w", m.ID, err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		answer, _ := io.ReadAll(io.LimitReader(res.Body, 300))
		return fmt.Errorf("forward message %s: the inbox answered %s: %s", m.ID, res.Status, answer)
	}
	return nil
}
