using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Importance;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Explanations.Quality;
using Governance.Audit.Findings;
using Governance.Audit.Runs;

namespace Governance.Portal.Features.Explanations;

/// <summary>What <c>governance explain --quality</c> adds: the order over all rows with its firmness, and the quality of the values.</summary>
internal static class ExplanationExtras
{
    private const double Level = 0.95;

    /// <summary>The report as JSON with the fields <c>global</c> and <c>quality</c>.</summary>
    public static JsonObject Add(ExplanationReport report, QualityReport quality, CancellationToken cancellationToken)
    {
        JsonObject body = JsonSerializer.SerializeToNode(report, ReportJson.Options)!.AsObject();
        body["global"] = JsonSerializer.SerializeToNode(
            Enumerable.Range(0, report.Rows.Min(row => row.Values.Count)).Select(position => Global(report, position, cancellationToken)), ReportJson.Options);
        body["quality"] = JsonSerializer.SerializeToNode(quality, ReportJson.Options);
        return body;
    }

    /// <summary>Measures the quality of a report's values.</summary>
    /// <exception cref="InputException">Each row has its own class or its own reference.</exception>
    public static QualityReport Measure(
        ExplainRequest request, ExplanationReport report, ExplainInputs inputs, CancellationToken cancellationToken) =>
        request.OwnGroups is not null
            ? throw new InputException("--quality compares all rows with one background: leave out --reference own:….")
            : ExplanationQuality.Measure(
                request, report, inputs.Data.Take(inputs.RowIndices), inputs.BackgroundData, inputs.Encoder, TimeProvider.System, cancellationToken);

    /// <summary>Writes the quality for people.</summary>
    public static void Write(TextWriter people, QualityReport quality)
    {
        people.WriteLine();
        people.WriteLine($"Quality, {quality.Rows.Count} rows:");
        foreach (string line in QualityWords.Lines(quality))
        {
            people.WriteLine($"  {line}");
        }
    }

    private static object Global(ExplanationReport report, int position, CancellationToken cancellationToken)
    {
        IReadOnlyList<FeatureImportance> features = GlobalImportance.Of(report, position, GlobalImportance.DefaultResamples, Level, report.Seed);
        int[] order = [.. features.Select(feature => report.Features.ToList().IndexOf(feature.Feature))];
        double[] absolute = [.. report.Rows.SelectMany(row => order.Select(player => Math.Abs(row.Values[position][player])))];
        RankReport ranks = RankStability.Of(absolute, order.Length, RowBootstrap.DefaultResamples, Level, report.Seed, cancellationToken);
        return new { Position = position, Features = features, ranks.Outranks, ranks.Ranks };
    }
}

/// <summary>The quality of explanations in plain words. Pure.</summary>
internal static class QualityWords
{
    /// <summary>One sentence a measure.</summary>
    public static IEnumerable<string> Lines(QualityReport quality)
    {
        Faithfulness faithful = quality.Faithfulness;
        string verdict = faithful.DeletionInterval[0] > 0 && faithful.InsertionInterval[0] > 0 ? "better than chance"
            : faithful.DeletionInterval[1] < 0 || faithful.InsertionInterval[1] < 0 ? "worse than chance" : "not told apart from chance by these rows";
        yield return $"Faithfulness: taking features away in the order of their values lowers the output faster than in random orders by {PlainNumbers.WithInterval(faithful.DeletionGain, faithful.DeletionInterval)}, "
            + $"putting them in raises it faster by {PlainNumbers.WithInterval(faithful.InsertionGain, faithful.InsertionInterval)}: {verdict}.";
        yield return quality.Reseeding.Seeds == 0
            ? "Other seeds: nothing is sampled, so no value would change."
            : $"Other seeds: values change by {PlainNumbers.Value(quality.Reseeding.MeanChange)} on the mean ({PlainNumbers.Percent(quality.Reseeding.RelativeChange)} of their size)"
                + (quality.Reseeding.WithinErrors is double within ? $"; {PlainNumbers.Percent(within)} of the changes lie within the errors stated." : ".");
        if (quality.Noise is { } noise)
        {
            yield return $"Noise: where numbers move by {PlainNumbers.Percent(noise.Share)} of their spread, the output moves by {PlainNumbers.Value(noise.OutputChange)} and the values by {PlainNumbers.Percent(noise.RelativeChange)} of their size; "
                + $"their order keeps a rank correlation of {PlainNumbers.Value(noise.RankCorrelation)}.";
        }

        Compactness compact = quality.Compactness;
        yield return $"Compactness: {PlainNumbers.Percent(compact.Share)} of a row's attribution is carried by {PlainNumbers.Value(compact.Median)} of {compact.Features} features at the median, {compact.Most} at most.";
        yield return $"Additivity: base value and values miss the output by {PlainNumbers.Value(quality.AdditivityGap)} at most.";
    }
}
