using Governance.Audit.Cases;
using Governance.Audit.Data;

namespace Governance.Portal.Features.Cases;

/// <summary>What a case may be compared with. Pure.</summary>
internal static class CaseReferences
{
    private const int MostLevels = 20;
    private const int MostOffered = 12;

    /// <summary>The population, the own group by readable columns of few levels, and approved cases where it is known which are.</summary>
    public static IReadOnlyList<CaseReference> Of(CaseView one)
    {
        IEnumerable<string> groups = one.Rows.Open.Columns
            .Where(column => column.Name != one.Scored.Prediction && column.Name != one.Scored.Label && !one.Scored.Scores.Contains(column.Name) && column.Name.Length > 0)
            .Where(column => column is TextColumn { Levels.Count: > 1 and <= MostLevels } && !column.IsMissing(one.Row))
            .Select(column => column.Name).OrderBy(name => one.Shown.Document.Options.Protected.Contains(name) ? 0 : 1).Take(MostOffered);
        return
        [
            CaseReference.Population,
            .. one.Scored is { IsRegression: false, Favourable: not null } ? [CaseReference.Approved] : Array.Empty<CaseReference>(),
            .. groups.Select(name => new CaseReference(CaseReferenceKind.OwnGroup, name)),
        ];
    }
}
