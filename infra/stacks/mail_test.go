package stacks

import (
	"strings"
	"testing"
)

func TestMailNeedsTLSAndTracksNobody(t *testing.T) {
	a := sample()
	set := a.of("AWS::SES::ConfigurationSet")[0].Properties
	if at(set, "DeliveryOptions", "TlsPolicy") != "REQUIRE" {
		t.Errorf("delivery: %s", compact(set["DeliveryOptions"]))
	}
	if set["TrackingOptions"] != nil || at(set, "VdmOptions", "DashboardOptions") != nil {
		t.Error("the configuration set tracks")
	}
	if at(set, "ReputationOptions", "ReputationMetricsEnabled") != true || compact(at(set, "SuppressionOptions", "SuppressedReasons")) != `["BOUNCE","COMPLAINT"]` {
		t.Errorf("reputation and suppression: %s", compact(set))
	}
	for _, d := range a.of("AWS::SES::ConfigurationSetEventDestination") {
		events := strings.ToUpper(compact(at(d.Properties, "EventDestination", "MatchingEventTypes")))
		if strings.Contains(events, "OPEN") || strings.Contains(events, "CLICK") {
			t.Errorf("events %s: SES would rewrite links and add a pixel", events)
		}
		for _, event := range []string{"BOUNCE", "COMPLAINT", "DELIVERY", "DELIVERYDELAY", "REJECT"} {
			if !strings.Contains(events, `"`+event+`"`) {
				t.Errorf("nobody hears of %s", event)
			}
		}
		if !strings.Contains(compact(at(d.Properties, "EventDestination", "EventBridgeDestination", "EventBusArn")), ":event-bus/default") {
			t.Error("events go elsewhere than to the default bus, the only one SES can use")
		}
	}
}

func TestTheIdentityIsTheSendersDomainAndStays(t *testing.T) {
	identity := sample().stack("mail").Resources["SenderIdentity"]
	if identity.Properties["EmailIdentity"] != "mail.example.com" || identity.DeletionPolicy != "Retain" {
		t.Errorf("%s, deletion policy %q", compact(identity.Properties), identity.DeletionPolicy)
	}
	for _, output := range []string{"Dkim1", "Dkim2", "Dkim3"} {
		if sample().stack("mail").Outputs[output] == nil {
			t.Errorf("nobody learns of the record %s", output)
		}
	}
}
