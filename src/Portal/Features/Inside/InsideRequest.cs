using Governance.Audit.Runs;
using Governance.Portal.Features.Versions;
using Governance.Registry.Evidence;

namespace Governance.Portal.Features.Inside;

/// <summary>What a look inside a version is asked for, and how its evidence is known again.</summary>
internal static class InsideRequest
{
    /// <summary>How the title of every such run begins.</summary>
    public const string TitleStart = "Inside ";

    /// <summary>Whether evidence is one.</summary>
    public static bool Is(EvidenceRecord record) => !record.Decides && record.Title.StartsWith(TitleStart, StringComparison.Ordinal);

    /// <summary>The options.</summary>
    /// <param name="view">The version.</param>
    /// <param name="data">The data set.</param>
    /// <param name="seed">The seed.</param>
    public static AuditOptions Of(VersionView view, string data, int seed)
    {
        string title = $"{TitleStart}{view.Name} on {data}";
        return new AuditOptions
        {
            Name = title.Length <= AuditRun.MaxTitleLength ? title : title[..AuditRun.MaxTitleLength],
            Kind = AuditKind.Inside,
            Evaluation = data,
            Background = data,
            Explanation = new ExplanationOptions { Rows = 0 },
            Seed = seed,
        };
    }
}
