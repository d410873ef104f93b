using Governance.Audit.Data;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Inference;

namespace Governance.Portal.Features.Profiles;

/// <summary>The effect of columns as pages ask for it: over some of the evidence's rows, of the class that its explanations are about.</summary>
internal sealed class EffectRequest : IDisposable
{
    private readonly ModelScorer scorer;

    private EffectRequest(ProfileRequest profile, Table rows, ModelScorer scorer) => (Profile, Rows, this.scorer) = (profile, rows, scorer);

    /// <summary>What to compute.</summary>
    public ProfileRequest Profile { get; }

    /// <summary>The readable rows that it is averaged over.</summary>
    public Table Rows { get; }

    /// <summary>Makes it.</summary>
    /// <param name="version">The model and its data.</param>
    /// <param name="columns">One column or two.</param>
    /// <param name="kind">What is shown.</param>
    /// <param name="points">Points a column.</param>
    /// <param name="most">The most rows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The model takes no such column, or it does not vary.</exception>
    public static EffectRequest Of(
        LoadedVersion version, IReadOnlyList<string> columns, ProfileKind kind, int points, int most, CancellationToken cancellationToken)
    {
        Table all = version.Inputs.Evaluation.Table;
        int[] rows = SampleRows.Draw([.. Enumerable.Range(0, all.Rows)], most, version.Options.Seed);
        Table table = all.Take(rows);
        InputBatch encoded = version.Encoder.Encode(table);
        ModelScorer scorer = version.Scorer(version.Options.Explanation.Link, cancellationToken);
        try
        {
            scorer.Score(encoded.Slice(0, 1), cancellationToken); // tells how many classes there are
            AxisOptions options = new() { Points = points };
            return new EffectRequest(
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
                    Kind = kind,
                    Seed = version.Options.Seed,
                },
                table, scorer);
        }
        catch
        {
            scorer.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => scorer.Dispose();

    private static IReadOnlyList<string>? ClassNames(LoadedVersion version, ModelScorer scorer)
    {
        IReadOnlyList<string>? all = version.Rule.Classes;
        return scorer.ClassIndex is int index
            ? all?.Count > index ? [all[index]] : scorer.Classes
            : all?.Count == scorer.ClassCount ? all : scorer.Classes;
    }
}
