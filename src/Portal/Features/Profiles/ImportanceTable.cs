using System.Globalization;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Importance;
using Governance.Audit.Findings;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Profiles;

/// <summary>The table for people of <c>governance importance</c>.</summary>
internal static class ImportanceTable
{
    /// <summary>Writes both measures side by side.</summary>
    public static void Write(TextWriter people, PermutationReport report, AttributedImportance? attributed)
    {
        people.WriteLine(ImportanceWords.Finding(report));
        people.WriteLine(
            $"{report.Metric} {PlainNumbers.WithInterval(report.Baseline, report.BaselineInterval)} as it is; each column shuffled "
            + $"{report.Repeats} times, {PlainNumbers.Count(report.Rows)} rows, {PlainNumbers.Count(report.ModelRows)} model rows.");
        Dictionary<string, FeatureImportance> attributions = attributed?.Features.ToDictionary(feature => feature.Feature) ?? [];
        TextTable.Write(people,
        [
            ["feature", $"{report.Metric} lost", "error", .. attributed is null ? Array.Empty<string>() : ["mean |attribution|", "rank"]],
            .. report.Features.Select(feature => (IReadOnlyList<string>)
            [
                feature.Feature,
                TextTable.Number(feature.Importance, feature.Interval),
                feature.StandardError is double error ? error.ToString("0.0000", CultureInfo.InvariantCulture) : "-",
                .. attributed is null ? Array.Empty<string>() :
                [
                    TextTable.Number(attributions[feature.Feature].MeanAbsolute, attributions[feature.Feature].Interval),
                    attributions[feature.Feature].Rank.ToString(CultureInfo.InvariantCulture),
                ],
            ]),
        ]);
        if (attributed is not null)
        {
            people.WriteLine(ImportanceWords.Agreement(attributed.Agreement));
            people.WriteLine(ImportanceWords.Places(attributed.Placed) + ".");
            foreach (PlacedFeature feature in attributed.Placed.Where(feature => feature.IsApart))
            {
                people.WriteLine($"  {feature.Feature}: {ImportanceWords.Why(feature)}");
            }

            people.WriteLine(ImportanceWords.Firmness(attributed.Features, attributed.Ranks));
        }
    }
}
