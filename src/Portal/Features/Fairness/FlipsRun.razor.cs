using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Fairness;
using Governance.Audit.Inference;
using Governance.Audit.Privacy;
using Governance.Audit.Runs;
using Governance.Portal.Features.Profiles;
using Governance.Portal.Features.Versions;
using Governance.Registry.Policies;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Fairness;

/// <summary>Changes the protected attribute alone and asks the model again; searches the other columns for stand-ins.</summary>
public sealed partial class FlipsRun
{
    private FlipReport? flips;
    private ProxyReport? proxies;
    private string? noFlips;
    private int[] counts = [];
    private int seed;
    private string? hidden;

    /// <summary>The protected column.</summary>
    [Parameter, EditorRequired]
    public string Attribute { get; set; } = "";

    private protected override bool Allows(ViewerRights rights) => rights.RunAudit;

    // Groups of few rows tell of single people, and with one left out the others would tell of it.
    private protected override async Task ShowAsync(VersionView view, AuditInputs inputs, CancellationToken cancellationToken)
    {
        int smallest = PolicyPack.Default.SmallestShownGroup;
        if (view.Viewer.MaskProtected && (SuppressTable.Run(counts, smallest).Contains(true) || !await ByGroupAsync(view, cancellationToken)))
        {
            (flips, proxies) = (null, null);
            hidden = $"Not shown to your role: a group of {Attribute} has fewer than {smallest} rows{(Part is null ? ", and" : " in the cohort, or would follow from what you were shown before;")} the other groups would tell of it.";
        }
    }

    private protected override void Compute(
        LoadedVersion version, FindingsDocument findings, IProgress<double> progress, CancellationToken cancellationToken)
    {
        Table table = version.Inputs.Evaluation.Table;
        Levels levels = Levels.Of(table.Need(Attribute));
        counts = new int[levels.Names.Count];
        foreach (int code in levels.Codes)
        {
            if (code >= 0)
            {
                counts[code]++;
            }
        }

        seed = findings.Options.Seed;
        FairnessOptions options = new() { Protected = [Attribute], Level = PolicyPack.Default.Level, Seed = seed };
        string favourable = findings.Options.Favourable ?? version.Rule.Favourable ?? "";
        if (version.Rule.GroupThresholds is not null)
        {
            noFlips = "This version decides by thresholds of each group, so a changed attribute changes the rule itself: the thresholds are under Mitigation.";
        }
        else
        {
            flips = MeasureFlips.Run(table, Attribute, [.. version.Encoder.Columns], Decide, favourable, options, cancellationToken);
        }

        progress.Report(0.6);
        string[] not = [.. findings.Options.Protected, .. ((string?[])[version.Label]).OfType<string>()];
        proxies = ProxySearch.Run([.. table.Columns.Where(column => !not.Contains(column.Name))], levels, options.Level, seed, cancellationToken);

        Decisions Decide(Table rows)
        {
            InputBatch batch = version.Encoder.Encode(rows);
            return version.Rule.Decide(version.Predictor.Predict(batch, cancellationToken), rows, batch);
        }
    }
}
