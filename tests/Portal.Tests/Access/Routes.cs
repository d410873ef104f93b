using Governance.Registry.Access;
using static Governance.Portal.Tests.Access.RouteNeeds;

namespace Governance.Portal.Tests.Access;

/// <summary>
/// Every route of the portal and every form of its pages with what it needs. A test compares this list with what the built
/// portal maps: whoever adds a route adds a line here, and the matrix asks it for every role and stage.
/// </summary>
/// <remarks>
/// A page or GET endpoint: <c>("GET", pattern as mapped, needs)</c>. Another endpoint: its method. A pattern with
/// <c>{name}</c> or <c>{model}</c> is asked for a granted and for a foreign model. Interactive parts check their right in
/// <c>Allows</c>, see IslandTests.
/// </remarks>
internal static class Routes
{
    private const string Model = "/models/{Name}";
    private const string Version = "/models/{Name}/versions/{Number:int}";
    private const string Evidence = "/models/{name}/versions/{number:int}/evidence/{id:guid}";

    /// <summary>Pages and endpoints.</summary>
    public static readonly IReadOnlyList<(string Method, string Pattern, RouteNeeds Needs)> All =
    [
        ("GET", "/accounts/sign-in", new Nobody()), ("GET", "/error", new Nobody()), ("GET", "/not-found", new Nobody()),
        ("GET", "/health/live", new Nobody()), ("GET", "/health/ready", new Nobody()), ("POST", "/appearance/theme", new Nobody()),

        ("GET", "/", new Session()), ("GET", "/accounts/denied", new Session()), ("POST", "/accounts/sign-out", new Session()),
        ("GET", "/models", new Session()), ("GET", "/models/new", new Somewhere(Right.Register)), ("GET", "/datasets", new Session()),
        ("GET", "/datasets/new", new Session()), ("GET", "/datasets/new/columns", new Session()), ("GET", "/datasets/{Name}", new Somewhere(Right.SeeModel)),
        ("GET", "/datasets/{name}/columns.csv", new Somewhere(Right.SeeModel)), ("GET", "/cross-validations", new Session()),
        ("GET", "/break-glass", new Session()), ("GET", "/api/v1/antiforgery", new Session()),
        ("POST", "/uploads", new Session()), ("POST", "/uploads/discard", new Session()),
        ("GET", "/api/v1/uploads/", new Session()), ("POST", "/api/v1/uploads/", new Session()), ("GET", "/api/v1/uploads/{id:guid}", new Session()),
        ("HEAD", "/api/v1/uploads/{id:guid}", new Session()), ("PATCH", "/api/v1/uploads/{id:guid}", new Session()),
        ("DELETE", "/api/v1/uploads/{id:guid}", new Session()),

        ("GET", "/admin/teams", new Somewhere(Right.Administer)), ("GET", "/publisher-keys", new Somewhere(Right.Administer)),
        ("GET", "/proposals", new OneOf(Role.Approver, Role.Administrator)),
        ("POST", "/proposals/{id:guid}/package", new OneOf(Role.Approver, Role.Administrator)),

        ("GET", Model, new KnowsName()), ("GET", Model + "/access", new KnowsName()),
        ("GET", Model + "/comparisons", new On(Right.SeeModel)), ("GET", Model + "/versions/new", new On(Right.Register)),
        ("POST", "/api/v1/models/{model}/versions", new On(Right.Register)), ("POST", "/api/v1/models/{model}/datasets", new On(Right.Register)),

        ("GET", Version, new On(Right.SeeModel)), ("GET", Version + "/overview", new On(Right.SeeModel)), ("GET", Version + "/access", new On(Right.SeeModel)),
        ("GET", Version + "/audit-spec", new On(Right.RunAudit)), ("GET", Version + "/copy-check", new On(Right.RunAudit)),
        ("GET", Version + "/counterfactuals", new On(Right.SeeModel)), ("GET", Version + "/effects", new On(Right.SeeModel)),
        ("GET", Version + "/evidence", new On(Right.SeeModel)), ("GET", Version + "/explain", new On(Right.SeeModel)),
        ("GET", Version + "/fairness", new On(Right.SeeModel)), ("GET", Version + "/history", new On(Right.SeeModel)),
        ("GET", Version + "/importance", new On(Right.SeeModel)), ("GET", Version + "/mitigation", new On(Right.SeeModel)),
        ("GET", Version + "/performance", new On(Right.SeeModel)), ("GET", Version + "/robustness", new On(Right.SeeModel)),
        ("GET", Version + "/sign-off", new On(Right.SeeModel)), ("GET", Version + "/slices", new On(Right.SeeModel)),
        ("GET", Version + "/evidence/{Id:guid}", new On(Right.SeeModel)), ("GET", Evidence + "/findings.json", new On(Right.SeeModel)),
        ("GET", Evidence + "/report.html", new On(Right.SeeModel)), ("GET", Evidence + "/spec.yaml", new On(Right.SeeModel)),
        ("GET", Evidence + "/explanation.json", new On(Right.ExplainRow)),
    ];

    /// <summary>Forms of pages by the beginning of their name, the page that shows them, and what using them needs.</summary>
    public static readonly IReadOnlyList<(string Form, string Page, RouteNeeds Needs)> Forms =
    [
        ("sign-in", "/accounts/sign-in", new Nobody()),
        ("register-model", "/models/new", new Somewhere(Right.Register)), ("register-dataset", "/datasets/new/columns", new Somewhere(Right.Register)),
        ("register-version", Model + "/versions/new", new On(Right.Register)),
        ("grant", Model + "/access", new Somewhere(Right.Administer)), ("revoke-", Model + "/access", new Somewhere(Right.Administer)),
        ("team", "/admin/teams", new Somewhere(Right.Administer)), ("team-member", "/admin/teams", new Somewhere(Right.Administer)),
        ("remove-", "/admin/teams", new Somewhere(Right.Administer)),
        ("publisher-key", "/publisher-keys", new Somewhere(Right.Administer)), ("withdraw-", "/publisher-keys", new Somewhere(Right.Administer)),
        ("administrator", "/proposals", new OneOf(Role.Administrator)), ("release", "/proposals", new OneOf(Role.Approver)),
        ("confirm-", "/proposals", new OneOf(Role.Approver, Role.Administrator)), ("refuse-", "/proposals", new OneOf(Role.Approver, Role.Administrator)),
        ("key-", "/proposals", new OneOf(Role.Approver)),
        ("break-glass", "/break-glass", new Session()), ("open-", "/break-glass", new Session()), ("stop-", "/break-glass", new Session()),
        ("review-", "/break-glass", new Session()),
        ("audit", Version + "/overview", new On(Right.RunAudit)), ("cancel-", Version + "/overview", new On(Right.RunAudit)),
        ("signature", Version + "/overview", new On(Right.Register)),
        ("audit-spec", Version + "/audit-spec", new On(Right.RunAudit)), ("copy-check", Version + "/copy-check", new On(Right.RunAudit)),
        ("explain", Version + "/explain", new On(Right.ExplainRow)), ("reproduce", Version + "/evidence/{Id:guid}", new On(Right.RunAudit)),
        ("sign-off", Version + "/sign-off", new Session()), // who may say what is the policy of signing off: SignOffPolicyTests
        ("hold", Model, new OneOf(Role.Approver, Role.Operator)), ("release-", Model, new OneOf(Role.Approver, Role.Operator)),
        ("retention", Model, new On(Right.Operate)), ("retire-dataset", "/datasets/{Name}", new Somewhere(Right.Operate)),
    ];

    /// <summary>What to do when a route is missing here; the message of the failing test.</summary>
    public static string Advice(IEnumerable<string> missing) =>
        "Not in tests/Portal.Tests/Access/Routes.cs: " + string.Join(", ", missing)
        + ". Add a line with the method, the pattern exactly as mapped, and what it needs (RouteNeeds): On(Right) where the model stands in the address as {name} or {model}, "
        + "Somewhere(Right) for pages of a role, Session for one's own things. The matrix then asks it for every role and stage.";
}
