package rehearsal

import (
	"errors"

	"portero/infra/rehearsal/template"
)

// addRoutes reads the HTTP API. Every route leads to a function, which API
// Gateway may call: in AWS a missing permission is a bare 500 to whoever asks.
func (p *plan) addRoutes(a *template.Assembly) error {
	if err := p.addAPI(a); err != nil {
		return err
	}
	type integration struct{ ApiId, IntegrationUri, CredentialsArn, IntegrationType, PayloadFormatVersion string }
	integrations := map[string]integration{}
	for _, r := range a.Of("AWS::ApiGatewayV2::Integration") {
		var in integration
		if err := r.Decode(&in); err != nil {
			return err
		}
		if in.ApiId != p.api || in.IntegrationType != "AWS_PROXY" || in.PayloadFormatVersion != "2.0" {
			return explain(r, "an integration that is not AWS_PROXY with payload 2.0 of the one API")
		}
		integrations["integrations/"+r.Physical] = in
	}
	for _, r := range a.Of("AWS::ApiGatewayV2::Route") {
		var in struct{ ApiId, RouteKey, Target, AuthorizationType string }
		if err := r.Decode(&in); err != nil {
			return err
		}
		to, ok := integrations[in.Target]
		switch {
		case in.ApiId != p.api:
			return explain(r, "it is of no template's API")
		case in.AuthorizationType != "NONE" && in.AuthorizationType != "":
			return explain(r, "the functions ask who calls, on every request; an authorizer of type %s is not run here", in.AuthorizationType)
		case !ok:
			return explain(r, "its target %s is no integration", in.Target)
		}
		f, err := p.function(to.IntegrationUri)
		if err == nil {
			err = p.invokes("apigateway.amazonaws.com", to.CredentialsArn, f)
		}
		if err != nil {
			return explain(r, "%w", err)
		}
		p.routes = append(p.routes, route{Key: in.RouteKey, function: f.Name})
	}
	return nil
}

// addAPI reads the API and its stage, which answers at the root and takes every
// change at once: functions know no prefix of a stage.
func (p *plan) addAPI(a *template.Assembly) error {
	for _, r := range a.Of("AWS::ApiGatewayV2::Api") {
		kind, err := r.String("ProtocolType")
		switch {
		case err != nil:
			return err
		case p.api != "" || kind != "HTTP":
			return explain(r, "one HTTP API is run here, and this is another or of type %s", kind)
		}
		p.api = r.Physical
	}
	stages := a.Of("AWS::ApiGatewayV2::Stage")
	for _, r := range stages {
		var in struct {
			ApiId, StageName string
			AutoDeploy       bool
		}
		if err := r.Decode(&in); err != nil {
			return err
		}
		if in.ApiId != p.api || in.StageName != "$default" || !in.AutoDeploy {
			return explain(r, "a stage must be $default of the one API, and deploy by itself")
		}
	}
	if p.api == "" || len(stages) != 1 {
		return errors.New("no template has an HTTP API with one stage")
	}
	return nil
}
