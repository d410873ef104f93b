using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Mitigation;
using Governance.Audit.Runs;
using Governance.Portal.Features.Profiles;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Policies;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Governance.Portal.Features.Mitigations;

/// <summary>Computes a mitigation of a version while the person watches, and puts it on record if they wish.</summary>
public sealed partial class MitigationRun
{
    // What a reader must know of the thresholds; small groups are in the table with their n.
    private static readonly string[] Told = ["score-not-used", "tolerance-not-reached"];

    private readonly List<AuditWarning> warnings = [];
    private MitigationReport? report;
    private ModelEncoding? encoding;
    private string? note;
    private string? refused;
    private bool registering;

    /// <summary>The protected column, or two joined by a comma.</summary>
    [Parameter, EditorRequired]
    public string Attribute { get; set; } = "";

    /// <summary>threshold, deterministic or reject-band.</summary>
    [Parameter, EditorRequired]
    public string Method { get; set; } = "";

    /// <summary>What shall be alike.</summary>
    [Parameter, EditorRequired]
    public string Constraint { get; set; } = "";

    /// <summary>What shall be large.</summary>
    [Parameter, EditorRequired]
    public string Objective { get; set; } = "";

    /// <summary>Whether the form is offered; the use case judges the right itself.</summary>
    [Parameter, EditorRequired]
    public bool MayRegister { get; set; }

    [Inject]
    private RegisterMitigation Register { get; set; } = default!;

    [Inject]
    private ReadVersion Read { get; set; } = default!;

    [Inject]
    private AuthenticationStateProvider Accounts { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private protected override bool Allows(ViewerRights rights) => rights.RunAudit;

    private protected override void Compute(
        LoadedVersion version, FindingsDocument findings, IProgress<double> progress, CancellationToken cancellationToken)
    {
        PolicyPack policy = PolicyPack.Default;
        VersionRows rows = VersionRows.Of(version, findings.Options.Favourable, Attribute.Split(','), cancellationToken);
        MitigationOptions options = new MitigationWish(Attribute, Method, Constraint, Objective).Options(findings.Options.Seed, policy.SmallestGroup, policy.Level);
        report = MitigateDecisions.Run(rows.Groups, null, rows.Threshold, options, warnings.Add, cancellationToken);
        encoding = version.Encoder.Encoding;
    }

    private async Task RegisterAsync()
    {
        registering = true;
        refused = null;
        try
        {
            System.Security.Claims.ClaimsPrincipal user = (await Accounts.GetAuthenticationStateAsync()).User;
            VersionView? view = await Read.FindAsync(Model, Number, user, CancellationToken.None);
            RegisterVersionOutcome outcome = view is null
                ? new RegisterVersionOutcome.NoSuchModel()
                : await Register.RunAsync(
                    user.Actor(), view.Version.Id, report!.Step!, encoding, null, string.IsNullOrWhiteSpace(note) ? null : note, CancellationToken.None);
            Answer(outcome);
        }
        catch (InputException fault)
        {
            refused = fault.Message;
        }
        catch (Exception fault) when (StorageFault.SentenceOf(fault) is string sentence)
        {
            refused = sentence;
        }
        finally
        {
            registering = false;
        }
    }

    private void Answer(RegisterVersionOutcome outcome)
    {
        switch (outcome)
        {
            case RegisterVersionOutcome.Registered { Version: var version }:
                Navigation.NavigateTo($"/models/{Model}/versions/{version.Number}/overview");
                break;
            case RegisterVersionOutcome.Refused { Reason: var reason }:
                refused = reason.Sentence;
                break;
            case RegisterVersionOutcome.NoSuchModel:
                refused = "The version is no longer there for you.";
                break;
            default:
                throw new UnreachableException();
        }
    }
}
