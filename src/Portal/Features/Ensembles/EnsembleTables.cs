using System.Globalization;
using Governance.Audit.Comparisons;
using Governance.Audit.Ensembles;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Ensembles;

/// <summary>An ensemble as tables for the terminal.</summary>
internal static class EnsembleTables
{
    // What a person looks at first; the JSON has all of them.
    public static readonly string[] Shown = ["accuracy", "roc_auc", "log_loss", "brier", "f1", "rmse", "mae", "r2"];

    /// <summary>Writes members, metrics beside each member, and errors by disagreement.</summary>
    public static void Write(TextWriter people, EnsembleReport report, string path)
    {
        string kind = report.Combination.ToString().ToLowerInvariant();
        people.WriteLine($"{kind} of {report.Members.Count} models in {path}: {report.Bytes.ToString("N0", CultureInfo.InvariantCulture)} bytes, opset {report.Opset}");
        people.WriteLine(
            $"held against its members on {report.ProofRows} made-up rows: the largest difference is {report.LargestDifference.ToString("0.0E+0", CultureInfo.InvariantCulture)}");
        TextTable.Write(people, [["member", "share", "bytes"], .. report.Members.Select(member => (string[])
            [member.Name, TextTable.Number(member.Share), member.Bytes.ToString("N0", CultureInfo.InvariantCulture)])]);
        if (report.Stacking is StackingReport stacking)
        {
            people.WriteLine();
            people.WriteLine($"stacked model of {stacking.Rows} rows, ridge penalty {stacking.Penalty.ToString(CultureInfo.InvariantCulture)}");
            if (stacking.Trial is StackedTrial trial)
            {
                people.WriteLine(EnsembleWords.Trial(trial));
            }

            if (stacking.Shared is { } shared)
            {
                TextTable.Write(people, [["log-probabilities of", "coefficient"], .. report.Members.Select((member, i) => (string[])[member.Name, TextTable.Number(shared[i])])]);
            }
            else if (stacking.Coefficients.Count == 1)
            {
                TextTable.Write(people, [["log-odds of", "coefficient"], .. stacking.Features.Select((feature, i) => (string[])
                    [feature, TextTable.Number(stacking.Coefficients[0][i])]), ["(intercept)", TextTable.Number(stacking.Intercepts[0])]]);
            }
        }

        if (report.Judged is EnsembleJudgement judged)
        {
            people.WriteLine();
            people.WriteLine($"{judged.Rows} labelled rows, {judged.How}; difference is ensemble − member");
            TextTable.Write(people, [["metric", "member", "of member", "of ensemble", "difference", "verdict"], .. judged.Against.SelectMany(against =>
                against.Metrics.Where(metric => Shown.Contains(metric.Name)).Select(metric => (string[])
                [
                    metric.Name, against.A, TextTable.Number(metric.A), TextTable.Number(metric.B), TextTable.Number(metric.Difference, metric.Interval),
                    Verdict(metric),
                ]))]);
            Write(people, judged.Disagreement);
        }
    }

    private static string Verdict(ComparedMetric metric) => metric.Verdict switch
    {
        "b-better" => "ensemble better",
        "a-better" => "member better",
        _ => metric.Verdict,
    };

    private static void Write(TextWriter people, DisagreementReport report)
    {
        people.WriteLine();
        TextTable.Write(people, [["disagreement", "n", report.Measure], .. report.Bins.Select(bin => (string[])
        [
            $"{TextTable.Number(bin.From)} to {TextTable.Number(bin.To)}", bin.Count.ToString("N0", CultureInfo.InvariantCulture),
            TextTable.Number(bin.Error, bin.Interval),
        ])]);
        people.WriteLine(EnsembleWords.Disagreement(report));
    }
}
