using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Runs;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Profiles;

/// <summary>Computes the effect of two columns together while the person watches.</summary>
public sealed partial class PairEffectsRun
{
    private const int MostClasses = 6;
    private const int Points = 10; // a column, so 100 cells

    private ProfileReport? report;

    /// <summary>The first column.</summary>
    [Parameter, EditorRequired]
    public string First { get; set; } = "";

    /// <summary>The second column.</summary>
    [Parameter, EditorRequired]
    public string Second { get; set; } = "";

    /// <summary>pdp or ale.</summary>
    [Parameter, EditorRequired]
    public string Kind { get; set; } = "pdp";

    /// <summary>The most rows averaged over.</summary>
    [Parameter, EditorRequired]
    public int Rows { get; set; }

    private protected override bool Allows(ViewerRights rights) => rights.RunAudit;

    private protected override void Compute(
        LoadedVersion version, FindingsDocument findings, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using EffectRequest request = EffectRequest.Of(
            version, [First, Second], Kind == "ale" ? ProfileKind.Ale : ProfileKind.Pdp, Points, Rows, cancellationToken);
        report = ProfileModel.Run(request.Profile, progress, TimeProvider.System, cancellationToken);
    }
}
