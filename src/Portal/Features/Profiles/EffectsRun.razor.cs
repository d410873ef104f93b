using Governance.Audit.Data;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Inference;
using Governance.Audit.Runs;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Profiles;

/// <summary>Computes the effect of one column or two while the person watches.</summary>
public sealed partial class EffectsRun
{
    private const int MostClasses = 6;

    private ProfileReport? report;

    /// <summary>The column.</summary>
    [Parameter, EditorRequired]
    public string First { get; set; } = "";

    /// <summary>A second column, or null.</summary>
    [Parameter]
    public string? Second { get; set; }

    /// <summary>pdp, ale, ice or ice-centred.</summary>
    [Parameter, EditorRequired]
    public string Kind { get; set; } = "pdp";

    /// <summary>The most rows averaged over.</summary>
    [Parameter, EditorRequired]
    public int Rows { get; set; }

    private protected override bool Allows(ViewerRights rights) =>
        rights.RunAudit && (rights.SeeRows || !Kind.StartsWith("ice", StringComparison.Ordinal));

    private protected override void Compute(
        LoadedVersion version, FindingsDocument findings, IProgress<double> progress, CancellationToken cancellationToken)
    {
        Table all = version.Inputs.Evaluation.Table;
        int seed = version.Options.Seed;
        int[] rows = SampleRows.Draw([.. Enumerable.Range(0, all.Rows)], Rows, seed);
        Table table = all.Take(rows);
        InputBatch encoded = version.Encoder.Encode(table);
        using ModelScorer scorer = version.Scorer(version.Options.Explanation.Link, cancellationToken);
        scorer.Score(encoded.Slice(0, 1), cancellationToken);
        AxisOptions options = new() { Points = Second is null ? AxisOptions.DefaultPoints : 10 };
        string[] columns = Second is null ? [First] : [First, Second];
        report = ProfileModel.Run(
            new ProfileRequest
            {
                Model = scorer.Score,
                Outputs = scorer.ClassCount,
                Output = scorer.Output,
                ClassIndex = scorer.ClassIndex,
                Classes = ClassNames(version, scorer),
                Link = version.Options.Explanation.Link,
                Provider = version.Predictor.Provider,
                Rows = encoded,
                RowIndices = rows,
                Axes = [.. columns.Select(name => LayAxis.Make(ReadableColumn.Of(version.Encoder, table, encoded, name), version.Encoder, table, options, _ => { }))],
                Kind = Kind switch { "ale" => ProfileKind.Ale, "pdp" => ProfileKind.Pdp, _ => ProfileKind.Ice },
                Centred = Kind == "ice-centred",
                Seed = seed,
            },
            progress, TimeProvider.System, cancellationToken);
    }

    private static IReadOnlyList<string>? ClassNames(LoadedVersion version, ModelScorer scorer)
    {
        IReadOnlyList<string>? all = version.Rule.Classes;
        return scorer.ClassIndex is int index
            ? all?.Count > index ? [all[index]] : scorer.Classes
            : all?.Count == scorer.ClassCount ? all : scorer.Classes;
    }
}
