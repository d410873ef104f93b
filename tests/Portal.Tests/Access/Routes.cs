using Governance.Registry.Access;
using static Governance.Portal.Tests.Access.RouteNeeds;

namespace Governance.Portal.Tests.Access;

/// <summary>
/// Every route of the portal and every form of its pages with what it needs. A test compares this list with what the built
/// portal maps: whoever adds a route adds a line here, and the matrix asks it for every role and stage.
/// </summary>
/// <remarks>
/// A page or GET endpoint: <c>("GET", pattern as mapped, needs)</c>. Another endpoint: its method. A pattern with
/// <c>{name}</c> or <c>{model}</c> is asked for a granted and for a foreign model.
/// </remarks>
internal static class Routes
{
    private const string Model = "/models/{Name}";
    private const string Version = "/models/{Name}/versions/{Number:int}";
    private const string Api = "/api/v1/models/{model}/versions/{version:int}";
    private const string Evidence = "/models/{name}/versions/{number:int}/evidence/{id:guid}";

    private const string Artifacts = "/api/2.0/mlflow-artifacts";

    /// <summary>Pages and endpoints.</summary>
    public static readonly IReadOnlyList<(string Method, string Pattern, RouteNeeds Needs)> All =
    [
        ("GET", "/accounts/sign-in", new Nobody()), ("GET", "/error", new Nobody()), ("GET", "/not-found", new Nobody()),
        ("GET", "/health/live", new Nobody()), ("GET", "/health/ready", new Nobody()), ("POST", "/appearance/theme", new Nobody()), ("POST", "/appearance/density", new Nobody()), ("GET", "/search", new Session()),

        ("GET", "/accounts/link", new Nobody()), ("GET", "/accounts/first-run", new Nobody()), ("GET", "/accounts/code", new Nobody()),
        ("POST", "/accounts/passkeys/ask", new Nobody()), ("POST", "/accounts/passkeys/sign-in", new Nobody()),

        ("GET", "/account", new Session()), ("GET", "/account/second-factor", new Session()), ("GET", "/account/sessions", new Session()),
        ("GET", "/accounts/confirm", new Session()), ("POST", "/accounts/passkeys/new", new Session()), ("POST", "/accounts/passkeys/add", new Session()),
        ("POST", "/accounts/passkeys/confirm", new Session()),
        ("GET", "/admin/users", new Somewhere(Right.Administer)), ("GET", "/admin/users/invite", new Somewhere(Right.Administer)),
        ("GET", "/admin/users/{Name}", new Somewhere(Right.Administer)),

        // Which rows, by SubjectPolicy and by what the person sees of models: PrivacyPagesTests.
        ("GET", "/privacy", new Session()), ("GET", "/privacy/reads", new Session()), ("GET", "/privacy/columns", new Session()),
        ("GET", "/privacy/subjects", new Session()), ("POST", "/privacy/subjects/export", new Session()),

        ("GET", "/", new Session()), ("GET", "/accounts/denied", new Session()), ("POST", "/accounts/sign-out", new Session()),
        ("GET", "/models", new Session()), ("POST", "/views/", new Session()), ("POST", "/views/{id:guid}/remove", new Session()), // one's own: SavedViewTests
        ("GET", "/models/new", new Somewhere(Right.Register)), ("GET", "/datasets", new Session()),
        ("GET", "/datasets/new", new Session()), ("GET", "/datasets/new/columns", new Session()), ("GET", "/datasets/{Name}", new Somewhere(Right.SeeModel)),
        ("GET", "/datasets/{name}/columns.csv", new Somewhere(Right.SeeModel)), ("GET", "/cross-validations", new Session()),
        ("GET", "/break-glass", new Session()), ("GET", "/alarms", new Session()), ("GET", "/api/v1/antiforgery", new Session()),
        ("POST", "/uploads", new Session()), ("POST", "/uploads/discard", new Session()),
        ("GET", "/api/v1/uploads/", new Session()), ("POST", "/api/v1/uploads/", new Session()), ("GET", "/api/v1/uploads/{id:guid}", new Session()),
        ("HEAD", "/api/v1/uploads/{id:guid}", new Session()), ("PATCH", "/api/v1/uploads/{id:guid}", new Session()),
        ("DELETE", "/api/v1/uploads/{id:guid}", new Session()),

        ("GET", "/admin/teams", new Somewhere(Right.Administer)), ("GET", "/admin/tokens", new Somewhere(Right.Administer)),
        ("GET", "/admin/service-accounts", new Somewhere(Right.Administer)), ("GET", "/admin/sign-in", new Somewhere(Right.Administer)),
        ("GET", "/account/tokens", new Session()), ("GET", "/accounts/external", new Nobody()),
        ("GET", "/publisher-keys", new Somewhere(Right.Administer)),
        ("GET", "/ledger", new Somewhere(Right.SeeLedger)), ("GET", "/ledger/entries.csv", new Somewhere(Right.SeeLedger)),
        ("GET", "/ledger/checkpoint.txt", new Somewhere(Right.SeeLedger)), ("GET", "/ledger/key.pem", new Somewhere(Right.SeeLedger)),
        ("POST", "/ledger/ledger.jsonl", new OneOf(Role.Auditor)), ("GET", "/admin/keys", new Somewhere(Right.Administer)),

        // The matrix asks for entry 1, which is about an account: only who reads all of the ledger sees it.
        ("GET", "/ledger/{Sequence:long}", new OneOf(Role.Auditor)), ("GET", "/ledger/{sequence:long}/entry.tlog-proof", new OneOf(Role.Auditor)),
        ("GET", "/ledger/{sequence:long}/leaf.json", new OneOf(Role.Auditor)),
        ("GET", "/proposals", new OneOf(Role.Approver, Role.Administrator)),
        ("POST", "/proposals/{id:guid}/package", new OneOf(Role.Approver, Role.Administrator)),

        ("GET", Model, new KnowsName()), ("GET", Model + "/access", new KnowsName()),
        ("GET", Model + "/comparisons", new OnModel(Right.SeeModel)), ("GET", Model + "/cohorts", new OnModel(Right.SeeModel)), ("POST", "/models/{name}/cohorts/{id:guid}/steps", new Session()), // SavedCohortPolicy
        ("GET", Model + "/candidates", new OnModel(Right.SeeModel)), ("GET", Model + "/ensembles/new", new OnModel(Right.Register)),
        ("GET", Model + "/versions/new", new OnModel(Right.Register)),
        ("POST", "/api/v1/models/{model}/versions", new OnModel(Right.Register)), ("POST", "/api/v1/models/{model}/datasets", new OnModel(Right.Register)),

        ("POST", Api + "/predict", new OnModel(Right.Predict)), ("POST", Api + "/explain", new OnModel(Right.ExplainRow)),
        ("POST", Api + "/counterfactual", new OnModel(Right.ExplainRow)), ("GET", Api + "/budget", new OnModel(Right.Predict, Right.ExplainRow)),
        ("GET", "/api/v1/openapi.json", new Session()),
        ("POST", Api + "/what-if/", new OnModel(Right.ExplainRow)), ("GET", Api + "/what-if/{session:guid}", new OnModel(Right.ExplainRow)),
        ("POST", Api + "/what-if/{session:guid}/edits", new OnModel(Right.ExplainRow)), ("POST", Api + "/what-if/{session:guid}/undo", new OnModel(Right.ExplainRow)),
        ("GET", "/v2/health/live", new Nobody()), ("GET", "/v2/health/ready", new Nobody()), ("GET", "/v2/", new Session()),
        ("GET", "/v2/models/{model}/", new OnModel(Right.Predict)), ("GET", "/v2/models/{model}/versions/{version}", new OnModel(Right.Predict)),
        ("GET", "/v2/models/{model}/ready", new OnModel(Right.Predict)), ("GET", "/v2/models/{model}/versions/{version}/ready", new OnModel(Right.Predict)),
        ("POST", "/v2/models/{model}/infer", new OnModel(Right.Predict)), ("POST", "/v2/models/{model}/versions/{version}/infer", new OnModel(Right.Predict)),
        ("GET", "/v2/jobs/{id:guid}/", new Session()), ("GET", "/v2/jobs/{id:guid}/result", new Session()), ("DELETE", "/v2/jobs/{id:guid}/", new Session()), // one's own: JobTests
        .. ((string[])["GET", "POST", "PUT", "PATCH", "DELETE"]).Select(method => (method, "/v2/{**address}", (RouteNeeds)new Asked())), // 404 and 405: OpenInferenceTests
        // The protocol of MLflow's registry names models in query or body: MlflowRightsTests.
        .. Mlflow("GET", "registered-models/get", "registered-models/search", "registered-models/get-latest-versions", "registered-models/alias", "model-versions/get",
            "model-versions/search", "model-versions/get-download-uri", "experiments/get", "experiments/get-by-name", "runs/get", "{**call}"),
        .. Mlflow("POST", "registered-models/create", "registered-models/rename", "registered-models/get-latest-versions", "registered-models/set-tag", "registered-models/alias",
            "model-versions/create", "model-versions/transition-stage", "model-versions/set-tag", "experiments/create", "runs/create", "runs/update", "runs/set-tag",
            "runs/log-batch", "runs/log-metric", "runs/log-parameter", "runs/log-inputs", "runs/log-model", "{**call}"),
        .. Mlflow("PATCH", "registered-models/update", "model-versions/update", "{**call}"), .. Mlflow("PUT", "{**call}"),
        .. Mlflow("DELETE", "registered-models/delete", "registered-models/delete-tag", "registered-models/alias", "model-versions/delete", "model-versions/delete-tag", "{**call}"),
        ("GET", Artifacts + "/artifacts", new Asked()), ("GET", Artifacts + "/artifacts/{**path}", new Asked()), ("PUT", Artifacts + "/artifacts/{**path}", new Asked()),
        ("DELETE", Artifacts + "/artifacts/{**path}", new Asked()), ("POST", Artifacts + "/mpu/create/{**path}", new Asked()),
        ("GET", Artifacts + "/{**call}", new Asked()), ("POST", Artifacts + "/{**call}", new Asked()), ("PUT", Artifacts + "/{**call}", new Asked()),
        ("PATCH", Artifacts + "/{**call}", new Asked()), ("DELETE", Artifacts + "/{**call}", new Asked()),
        ("GET", "/serving", new Session()), ("GET", "/api/v1/serving", new Session()), ("GET", Version + "/serving", new OnModel(Right.SeeModel)),
        ("GET", Version + "/what-if", new OnModel(Right.SeeModel)), ("GET", Version + "/protection", new OnModel(Right.SeeModel)),

        ("GET", Version, new OnModel(Right.SeeModel)), ("GET", Version + "/overview", new OnModel(Right.SeeModel)), ("GET", Version + "/access", new OnModel(Right.SeeModel)),
        ("GET", Version + "/audit-spec", new OnModel(Right.RunAudit)), ("GET", Version + "/copy-check", new OnModel(Right.RunAudit)),
        ("GET", Version + "/counterfactuals", new OnModel(Right.SeeModel)), ("GET", Version + "/effects", new OnModel(Right.SeeModel)),
        ("GET", Version + "/dependence", new OnModel(Right.SeeModel)), ("GET", Version + "/instances", new OnModel(Right.SeeModel)),
        ("GET", Version + "/evidence", new OnModel(Right.SeeModel)), ("GET", Version + "/explain", new OnModel(Right.SeeModel)),
        ("GET", Version + "/fairness", new OnModel(Right.SeeModel)), ("GET", Version + "/history", new OnModel(Right.SeeModel)),
        ("GET", Version + "/importance", new OnModel(Right.SeeModel)), ("GET", Version + "/mitigation", new OnModel(Right.SeeModel)),
        ("GET", Version + "/performance", new OnModel(Right.SeeModel)), ("GET", Version + "/drift", new OnModel(Right.SeeModel)), ("GET", Version + "/variants", new OnModel(Right.SeeModel)), ("GET", Version + "/battery", new OnModel(Right.SeeModel)), ("GET", Version + "/robustness", new OnModel(Right.SeeModel)),
        ("GET", Version + "/reports", new OnModel(Right.SeeModel)), ("GET", "/models/{name}/versions/{number:int}/reports/{kind}.{format}", new OnModel(Right.SeeModel)),
        ("GET", "/policies", new Session()), ("GET", "/policies/{Pack}/{Number:int}", new Session()), ("GET", "/policies/{Pack}/{Number:int}/what-if", new Session()),
        ("GET", "/policies/{pack}/{number:int}/pack.yaml", new Session()),
        ("GET", Version + "/sign-off", new OnModel(Right.SeeModel)), ("GET", Version + "/cases", new OnModel(Right.SeeModel)), ("GET", Version + "/cases/{Row:int}", new OnModel(Right.SeeModel)),
        ("GET", "/api/v1/deployments/{id:guid}/monitors/", new Session()), ("POST", "/api/v1/deployments/{id:guid}/monitors/", new Session()), // whose deployments: MonitorEndpoints
        ("POST", "/api/v1/deployments/{id:guid}/monitors/run", new Session()), ("GET", "/api/v1/deployments/{id:guid}/monitors/readings", new Session()), ("GET", "/api/v1/deployments/{id:guid}/monitors/alerts", new Session()),
        ("GET", "/alerts", new Session()), ("GET", "/alerts/{Id:guid}", new Session()), // which alerts, by what the person sees of models: AlertPagesTests
        ("GET", "/admin/destinations", new Somewhere(Right.Administer)),
        ("GET", Version + "/monitoring", new OnModel(Right.SeeModel)),
        ("GET", "/deployments/{Id:guid}/monitoring", new Session()), ("GET", "/deployments/{id:guid}/monitoring.csv", new Session()), // which, by what the person sees: MonitoringPagesTests
        // Whose deployment it is stands in it, not in the address: DeploymentPagesTests and IngestTests.
        ("GET", "/deployments", new Session()), ("GET", "/deployments/{Id:guid}", new Session()), ("GET", "/api/v1/deployments/", new Session()),
        ("POST", "/api/v1/deployments/{id:guid}/traffic", new Session()), ("POST", "/api/v1/deployments/{id:guid}/labels", new Session()),
        ("POST", "/api/v1/deployments/{id:guid}/events", new Session()), ("DELETE", "/api/v1/deployments/{id:guid}", new Session()), // DeploymentEndpointsTests
        ("POST", Api + "/deployments", new OnModel(Right.Operate)),
        ("POST", Api + "/batteries", new OnModel(Right.RunAudit)), ("GET", Api + "/batteries", new OnModel(Right.SeeModel)),
        ("GET", Api + "/batteries/{run:guid}", new OnModel(Right.SeeModel)), ("DELETE", Api + "/batteries/{run:guid}", new OnModel(Right.RunAudit)), // BatteryApiTests
        // Which schedules, by what the person sees of models; who may change them, SchedulePolicy: SchedulePagesTests, ScheduleTests.
        ("GET", "/audits", new Session()), ("GET", "/audits/schedules/new", new Somewhere(Right.Operate)), ("GET", "/audits/schedules/{Id:guid}", new Session()),
        ("GET", "/api/v1/schedules/", new Session()), ("POST", "/api/v1/schedules/", new Session()), ("GET", "/api/v1/schedules/{id:guid}", new Session()),
        ("POST", "/api/v1/schedules/{id:guid}/pause", new Session()), ("POST", "/api/v1/schedules/{id:guid}/resume", new Session()),
        ("POST", "/api/v1/schedules/{id:guid}/remove", new Session()), ("POST", "/api/v1/schedules/{id:guid}/run-now", new Session()),
        ("GET", "/register", new Session()), ("GET", "/register/{Id:guid}", new Session()), // which findings, by what the person sees of models: RegisterTests
        ("GET", Version + "/slices", new OnModel(Right.SeeModel)),
        // Which comments, by what the person sees of versions and rows: CommentTests and CommentPagesTests.
        ("GET", "/comments", new Session()), ("GET", "/comments/{id:guid}", new Session()), ("POST", "/comments/", new Session()), ("POST", "/comments/read", new Session()),
        ("POST", "/comments/{id:guid}/edit", new Session()), ("POST", "/comments/{id:guid}/erase", new Session()),
        ("GET", Version + "/error-map", new OnModel(Right.SeeModel)), ("GET", Version + "/error-tree", new OnModel(Right.SeeModel)),
        ("GET", Version + "/thresholds", new OnModel(Right.SeeModel)), ("GET", Version + "/intersections", new OnModel(Right.SeeModel)), ("GET", Version + "/flips", new OnModel(Right.SeeModel)),
        ("GET", Version + "/cut-offs", new OnModel(Right.SeeModel)), ("GET", Version + "/residuals", new OnModel(Right.SeeModel)), // what is computed there needs RunAudit: Islands
        ("GET", Version + "/evidence/{Id:guid}", new OnModel(Right.SeeModel)), ("GET", Evidence + "/findings.json", new OnModel(Right.SeeModel)),
        ("GET", Evidence + "/report.html", new OnModel(Right.SeeModel)), ("GET", Evidence + "/spec.yaml", new OnModel(Right.SeeModel)),
        ("GET", Evidence + "/explanation.json", new OnModel(Right.ExplainRow)),
        ("POST", "/models/{name}/versions/{number:int}/pack", new OnModel(Right.SeeLedger)),
    ];

    /// <summary>Forms by the beginning of their name and the file that has them, the page that shows them, and what using them needs.</summary>
    public static readonly IReadOnlyList<(string Form, string File, string Page, RouteNeeds Needs)> Forms =
    [
        ("sign-in", "SignInPage", "/accounts/sign-in", new Nobody()),
        ("register-model", "RegisterModelPage", "/models/new", new Somewhere(Right.Register)),
        ("register-dataset", "DatasetColumnsPage", "/datasets/new/columns", new Somewhere(Right.Register)),
        ("register-version", "RegisterVersionPage", Model + "/versions/new", new OnModel(Right.Register)),
        ("new-ensemble", "NewEnsemblePage", Model + "/ensembles/new", new OnModel(Right.Register)),
        ("choose-candidate", "CandidatesPage", Model + "/candidates", new OnModel(Right.Register)),
        ("grant", "GrantForm", Model + "/access", new Somewhere(Right.Administer)), ("revoke-", "GrantTable", Model + "/access", new Somewhere(Right.Administer)),
        ("team", "TeamsPage", "/admin/teams", new Somewhere(Right.Administer)), ("team-member", "TeamsPage", "/admin/teams", new Somewhere(Right.Administer)),
        ("remove-", "TeamsPage", "/admin/teams", new Somewhere(Right.Administer)),
        ("rotate-signing-key", "KeysPage", "/admin/keys", new Somewhere(Right.Administer)),
        ("publisher-key", "PublisherKeysPage", "/publisher-keys", new Somewhere(Right.Administer)),
        ("withdraw-", "PublisherKeysPage", "/publisher-keys", new Somewhere(Right.Administer)),
        ("administrator", "ProposalsPage", "/proposals", new OneOf(Role.Administrator)), ("release", "ProposalsPage", "/proposals", new OneOf(Role.Approver)),
        ("adopt-policy", "PoliciesPage", "/policies", new OneOf(Role.Approver, Role.Administrator)),
        ("register-policy", "PoliciesPage", "/policies", new OneOf(Role.Approver, Role.Administrator)),
        ("confirm-", "ProposalsPage", "/proposals", new OneOf(Role.Approver, Role.Administrator)),
        ("refuse-", "ProposalsPage", "/proposals", new OneOf(Role.Approver, Role.Administrator)),
        ("key-", "ProposalsPage", "/proposals", new OneOf(Role.Approver)),
        ("break-glass", "BreakGlassPage", "/break-glass", new Session()), ("open-", "BreakGlassPage", "/break-glass", new Session()),
        ("stop-", "BreakGlassPage", "/break-glass", new Session()), ("review-", "BreakGlassPage", "/break-glass", new Session()),
        ("confirm-", "AlarmsPage", "/alarms", new Session()), ("release-", "AlarmsPage", "/alarms", new Session()), // whose is the alarm: AlarmTests
        ("approve-", "GaugePanel", Version + "/protection", new OneOf(Role.Developer)), ("refuse-", "GaugePanel", Version + "/protection", new OneOf(Role.Developer)), // the owner
        ("serving", "ServingForm", Version + "/serving", new OnModel(Right.Operate)),
        ("audit", "AuditForm", Version + "/overview", new OnModel(Right.RunAudit)), ("cancel-", "CancelRunForm", Version + "/overview", new OnModel(Right.RunAudit)),
        ("deploy", "DeploymentPanel", Version + "/overview", new OnModel(Right.Operate)), ("send-traffic", "DeploymentPage", "/deployments/{Id:guid}", new Session()),
        ("erase-traffic", "DeploymentPage", "/deployments/{Id:guid}", new Session()), ("end-deployment", "DeploymentPage", "/deployments/{Id:guid}", new Session()), // judged by the deployment
        ("keep-traffic", "KeepTrafficPanel", "/deployments/{Id:guid}", new Session()), // judged by the deployment
        ("signature", "SignaturePanel", Version + "/overview", new OnModel(Right.Register)),
        ("audit-spec", "SpecPage", Version + "/audit-spec", new OnModel(Right.RunAudit)), ("copy-check", "CopyCheckPage", Version + "/copy-check", new OnModel(Right.RunAudit)),
        ("explain", "ExplainForm", Version + "/explain", new OnModel(Right.ExplainRow)),
        ("reproduce", "ReproducePanel", Version + "/evidence/{Id:guid}", new OnModel(Right.RunAudit)),
        ("move", "MoveForm", Version + "/sign-off", new Session()), // who may move it is StagePolicy
        ("attestation", "AttestationForms", Version + "/sign-off", new Session()), ("cases", "CasesPage", Version + "/cases", new Session()), ("case-judgement", "CaseJudgement", Version + "/cases/{Row:int}", new Session()), // StatementPolicy
        ("alert-step", "AlertPage", "/alerts/{Id:guid}", new Session()), // AlertPolicy
        ("destination", "DestinationsPage", "/admin/destinations", new Somewhere(Right.Administer)),
        ("try-", "DestinationsPage", "/admin/destinations", new Somewhere(Right.Administer)), ("end-", "DestinationsPage", "/admin/destinations", new Somewhere(Right.Administer)),
        ("again-", "DestinationsPage", "/admin/destinations", new Somewhere(Right.Administer)),
        ("raise", "RegisterPanel", Version + "/sign-off", new Session()), ("step", "FindingPage", "/register/{Id:guid}", new Session()), // RegisterPolicy
        ("save-cohort", "CohortsPage", Model + "/cohorts", new OnModel(Right.SeeModel)), // who may save: SavedCohortPolicy
        ("schedule", "NewSchedulePage", "/audits/schedules/new", new Somewhere(Right.Operate)),
        ("schedule-step", "SchedulePage", "/audits/schedules/{Id:guid}", new Session()), ("schedule-run", "SchedulePage", "/audits/schedules/{Id:guid}", new Session()), // SchedulePolicy
        ("sign-off", "SignOffForms", Version + "/sign-off", new Session()), // who may say what is the policy of signing off: SignOffPolicyTests
        ("hold", "RetentionPanel", Model, new OneOf(Role.Approver, Role.Operator)), ("release-", "RetentionPanel", Model, new OneOf(Role.Approver, Role.Operator)),
        ("retention", "RetentionPanel", Model, new OnModel(Right.Operate)), ("retire-dataset", "RetentionPanel", "/datasets/{Name}", new Somewhere(Right.Operate)),
        ("token", "OwnTokensPage", "/account/tokens", new Session()), ("collect-", "OwnTokensPage", "/account/tokens", new Session()),
        ("revoke-", "OwnTokensPage", "/account/tokens", new Session()),
        ("token", "TokensPage", "/admin/tokens", new Somewhere(Right.Administer)), ("revoke-", "TokensPage", "/admin/tokens", new Somewhere(Right.Administer)),
        ("service", "ServiceAccountsPage", "/admin/service-accounts", new Somewhere(Right.Administer)),
        ("turn-", "ServiceAccountsPage", "/admin/service-accounts", new Somewhere(Right.Administer)),
        ("change-password", "AccountPage", "/account", new Session()), ("enrol", "SecondFactorPage", "/account/second-factor", new Session()),
        ("renew-codes", "SecondFactorPage", "/account/second-factor", new Session()), ("remove-app", "SecondFactorPage", "/account/second-factor", new Session()),
        ("remove-", "SecondFactorPage", "/account/second-factor", new Session()), ("invite", "InvitePage", "/admin/users/invite", new Somewhere(Right.Administer)),
        ("link", "LinkPage", "/accounts/link", new Nobody()), ("end-others", "SessionsPage", "/account/sessions", new Session()),
        ("end-", "SessionTable", "/account/sessions", new Session()), ("first-run", "FirstRunPage", "/accounts/first-run", new Nobody()),
        ("roles", "UserPage", "/admin/users/{Name}", new Somewhere(Right.Administer)), ("reset", "UserPage", "/admin/users/{Name}", new Somewhere(Right.Administer)),
        ("unlock", "UserPage", "/admin/users/{Name}", new Somewhere(Right.Administer)), ("remove-app", "UserPage", "/admin/users/{Name}", new Somewhere(Right.Administer)),
        ("reactivate", "UserPage", "/admin/users/{Name}", new Somewhere(Right.Administer)), ("deactivate", "UserPage", "/admin/users/{Name}", new Somewhere(Right.Administer)),
        ("end-all", "UserPage", "/admin/users/{Name}", new Somewhere(Right.Administer)),
        ("confirm", "ConfirmPage", "/accounts/confirm", new Session()), ("code", "CodePage", "/accounts/code", new Nobody()),
        ("mark-column", "ColumnsPage", "/privacy/columns", new OneOf(Role.Developer, Role.Approver)),
        ("subject", "SubjectsPage", "/privacy/subjects", new OneOf(Role.Approver, Role.Reviewer, Role.Operator)),
        ("subject-erase", "SubjectsPage", "/privacy/subjects", new Session()), // judged by the request: SubjectPolicy
        ("what-if-begin", "WhatIfPage", Version + "/what-if", new OnModel(Right.ExplainRow)), ("what-if-edit", "WhatIfPage", Version + "/what-if", new OnModel(Right.ExplainRow)),
        ("what-if-undo", "WhatIfPage", Version + "/what-if", new OnModel(Right.ExplainRow)),
        ("throttle", "ThrottlePanel", Version + "/protection", new OneOf(Role.Developer, Role.Approver, Role.Operator)), // the developer here is the owner
        ("drift", "DriftForm", Version + "/drift", new OnModel(Right.RunAudit)),
        ("variant", "VariantForm", Version + "/variants", new OnModel(Right.Register)),
        ("inside", "InsideForm", Version + "/variants", new OnModel(Right.RunAudit)),
        ("battery", "BatteryForm", Version + "/battery", new Session()), // only variants have it, and whoever may run audits of both: BatteryPageTests
        ("red-team", "RedTeamForm", Version + "/protection", new OnModel(Right.RunAudit)),
        ("end-", "ExternalSignInPage", "/admin/sign-in", new Somewhere(Right.Administer)),
    ];

    private static IEnumerable<(string Method, string Pattern, RouteNeeds Needs)> Mlflow(string method, params string[] calls) =>
        calls.Select(call => (method, "/api/2.0/mlflow/" + call, (RouteNeeds)new Asked()));

    /// <summary>What to do when a route is missing here; the message of the failing test.</summary>
    public static string Advice(IEnumerable<string> missing) =>
        "Not in tests/Portal.Tests/Access/Routes.cs: " + string.Join(", ", missing)
        + ". Add a line with the method, the pattern exactly as mapped, and what it needs (RouteNeeds): OnModel(Right) where the model stands in the address as {name} or {model}, "
        + "Somewhere(Right) for pages of a role, Session for one's own things. The matrix then asks it for every role and stage.";
}
