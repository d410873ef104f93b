using Governance.Audit.Data;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Findings;

namespace Governance.Portal.Features.Profiles;

/// <summary>What a reader of a profile must know.</summary>
internal static class ProfileWarnings
{
    private const double RareShare = 0.01;

    /// <summary>Warnings about rows left out, points with few rows behind them and outputs that are no numbers.</summary>
    public static IEnumerable<AuditWarning> Of(ProfileReport report)
    {
        if (report.RowsLeftOut > 0)
        {
            yield return new AuditWarning(
                "rows-left-out",
                $"{PlainNumbers.Count(report.RowsLeftOut)} of {PlainNumbers.Count(report.Background.Rows)} rows have no value on the axes and are left out.");
        }

        foreach (ProfileFeature feature in report.Features.Where(feature => feature.Levels is not null))
        {
            string[] rare = [.. feature.Levels!.Where((_, i) => feature.Shares[i] < RareShare)];
            if (rare.Length > 0)
            {
                yield return new AuditWarning(
                    "rare-levels",
                    $"Under 1 % of the rows have {feature.Feature} = {string.Join(", ", rare.Take(5))}{(rare.Length > 5 ? ", …" : "")}: the model was seldom asked about them.",
                    null, feature.Feature);
            }
        }

        if (report.Profiles.Any(profile => profile.Values.Any(row => row.Any(value => !double.IsFinite(value)))))
        {
            yield return new AuditWarning("output-not-finite", "The model's output is no finite number at some points; their values are null.");
        }
    }
}
