using Governance.Audit.Drift;
using Governance.Audit.Runs;
using Governance.Registry.Evidence;

namespace Governance.Portal.Features.Drift;

/// <summary>Two data sets compared for a version, sealed beside its audits.</summary>
internal static class DriftCheck
{
    /// <summary>How the title of every drift check begins.</summary>
    public const string TitleStart = "Drift of ";

    /// <summary>Whether evidence that decides nothing is a drift check.</summary>
    public static bool Is(EvidenceRecord record) => record.Title.StartsWith(TitleStart, StringComparison.Ordinal);

    /// <summary>What is asked for.</summary>
    /// <param name="current">The data set that is compared.</param>
    /// <param name="reference">The data set that it is compared with.</param>
    /// <param name="drift">How.</param>
    public static AuditOptions Of(string current, string reference, DriftOptions drift) => new()
    {
        Kind = AuditKind.Drift,
        Name = Title(current, reference),
        Evaluation = current,
        Background = reference,
        Reference = reference,
        Explanation = new ExplanationOptions { Rows = 0 },
        Measures = new AuditMeasures { SpecSha256 = "", Drift = drift },
        Seed = drift.Seed,
    };

    private static string Title(string current, string reference)
    {
        string title = $"{TitleStart}{current} against {reference}";
        return title.Length <= AuditRun.MaxTitleLength ? title : title[..AuditRun.MaxTitleLength];
    }
}
